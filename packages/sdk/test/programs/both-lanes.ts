// Operations of every kind with all that can be done to their spans, among spans and records of the stock SDK.
import { SpanStatusCode, context, logs, trace } from "@opentelemetry/api";
import { EVENT_DATA_QUALITY_CHECK, METRIC_RUNLIGHT_RECOVERY_ATTEMPTS } from "@runlight/conventions/names";
import { countMetric, emitEvent, initTelemetry, kernel, pipeline, stage, workflow } from "@runlight/sdk";

await initTelemetry({ service: "lanes", hostMetrics: false });
const tracer = trace.getTracer("test");
await tracer.startActiveSpan("around", async (around) => {
  kernel("alone", { attributes: { "db.password": "hunter2", rows: 3 } }, () => {});
  await workflow("job", { subject: "2001-01", correlationId: "c-1", trigger: "manual" }, async (job) => {
    job.setAttributes({ url: "redis://user:hunter2@cache", list: [1, 2, 3], added: true });
    job.count(12, "row");
    await stage(
      "load",
      { links: [{ context: around.spanContext(), attributes: { token: "t", why: "same" } }] },
      async () => {
        const span = trace.getActiveSpan();
        span?.setAttribute("by.user", "yes").addEvent("retry", { message: "password=hunter2" });
        span?.addLink({ context: around.spanContext() });
        await new Promise((resolve) => setTimeout(resolve, 2));
        tracer.startActiveSpan("within", (within) => {
          kernel("convolve", { attributes: { n: 2 ** 53 - 1, share: 0.25 } }, () => {
            logs.getLogger("test").emit({ body: "a line" });
            trace.getActiveSpan()?.updateName("renamed").setStatus({ code: SpanStatusCode.OK });
          });
          within.end();
        });
      },
    );
    try {
      stage("fail", () => {
        trace.getActiveSpan()?.recordException(new RangeError("token=hunter2"));
        kernel("divide", () => {
          throw new RangeError("too small");
        });
      });
    } catch {
      // The run goes on.
    }
    pipeline("tool", { spanKind: 3 }, () => trace.getActiveSpan()?.end());
    emitEvent({
      eventName: EVENT_DATA_QUALITY_CHECK,
      severity: "WARN",
      attributes: { rows: 3 },
      body: { a: [1, null] },
    });
    countMetric(METRIC_RUNLIGHT_RECOVERY_ATTEMPTS, 1, {});
    for (let index = 0; index < 40; index += 1) kernel(`one of many ${index % 2}`, { attributes: { index } }, () => {});
    await context.with(context.active(), () => stage("last", () => Promise.resolve()));
  });
  around.end();
});
