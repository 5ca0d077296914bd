// Ends SPANS spans in one go in mode direct and prints the account.
import { trace } from "@opentelemetry/api";
import { initTelemetry } from "@runlight/sdk";

const telemetry = await initTelemetry({ service: "burst", mode: "direct", hostMetrics: false });
const tracer = trace.getTracer("test");
for (let count = Number(process.env["SPANS"]); count > 0; count--) tracer.startSpan("a span").end();
await telemetry.shutdown(20_000);
console.log(JSON.stringify(telemetry.account()));
