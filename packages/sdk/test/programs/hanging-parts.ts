// The user's own parts never answer, or throw; prints how long shutdown() took.
import { logs, trace } from "@opentelemetry/api";
import { initTelemetry } from "@runlight/sdk";

const never = (): Promise<void> => new Promise(() => {});
const fail = (): never => {
  throw new Error("user's own fault");
};
const telemetry = await initTelemetry({
  service: "hanging",

  hostMetrics: false,
  spanProcessors: [
    { onStart() {}, onEnd() {}, forceFlush: never, shutdown: never },
    { onStart() {}, onEnd() {}, forceFlush: fail, shutdown: fail },
  ],
});
trace.getTracer("test").startSpan("a span").end();
logs.getLogger("test").emit({ body: "a line" });
const startedAt = performance.now();
const flushed = await telemetry.flush(300);
const flushMs = performance.now() - startedAt;
const ended = await telemetry.shutdown(400);
console.log(JSON.stringify({ flushed, ended, flushMs, shutdownMs: performance.now() - startedAt - flushMs }));
