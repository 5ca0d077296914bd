// Emits a little as CONFIG (JSON) says and prints the account, at its end after shutdown().
import { logs, metrics, trace } from "@opentelemetry/api";
import type { TelemetryConfig } from "@runlight/sdk";
import { initTelemetry, stage, workflow } from "@runlight/sdk";

const telemetry = await initTelemetry({
  service: "account",
  hostMetrics: false,
  ...(JSON.parse(process.env["CONFIG"] ?? "{}") as TelemetryConfig),
});
metrics.getMeter("test").createCounter("test.rows").add(3);
logs.getLogger("test").emit({ body: "password=hunter2" });
trace
  .getTracer("test")
  .startSpan("a span", { attributes: { token: "hunter2" } })
  .end();
workflow("job", () => stage("load", () => {}));
const flushed = await telemetry.flush();
const atFlush = telemetry.account();
const ended = await telemetry.shutdown();
logs.getLogger("test").emit({ body: "too late" });
console.log(JSON.stringify({ flushed, ended, atFlush, account: telemetry.account() }));
