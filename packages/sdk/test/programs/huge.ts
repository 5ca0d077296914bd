// Attributes, names and texts of 10 MB, ours and somebody else's.
import { logs, trace } from "@opentelemetry/api";
import { initTelemetry, kernel, stage, workflow } from "@runlight/sdk";

const huge = "x".repeat(10_000_000);
const telemetry = await initTelemetry({ service: "huge", hostMetrics: false });
const tracer = trace.getTracer("somebody else");
const logger = logs.getLogger("somebody else");
const answer = workflow("job", () => {
  stage("load", { attributes: { huge }, subject: huge }, (load) => void load.setAttributes({ later: huge }));
  stage(huge, () => {});
  tracer.startSpan("their span", { attributes: { huge } }).end();
  tracer.startSpan("their small span").end();
  logger.emit({ body: huge, attributes: { huge } });
  logger.emit({ body: "their small line" });
  return kernel("norm", () => 42);
});
try {
  stage("fail", () => {
    throw new Error(huge);
  });
} catch (error) {
  await telemetry.flush();
  const { traces, logs: records } = telemetry.account().signals;
  const message = (error as Error).message.length;
  console.log(JSON.stringify({ answer, message, dropped: [traces.dropped, records.dropped] }));
}
