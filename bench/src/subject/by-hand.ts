import { logs, metrics, SeverityNumber, trace } from "@opentelemetry/api";
import { attributes } from "./subject.ts";
import type { Subject } from "./subject.ts";

type Operate = Subject["operate"];

/** A span with the four attributes. */
export function createSpanByHand(): Operate {
  const tracer = trace.getTracer("bench");
  return (work) =>
    tracer.startActiveSpan("kernel convolve", { attributes }, (span) => {
      work();
      span.end();
    });
}

/** What Runlight's `kernel()` emits, written by hand: a span and its duration. */
export function createKernelByHand(): Operate {
  const tracer = trace.getTracer("bench");
  const duration = metrics.getMeter("bench").createHistogram("bench.kernel.duration", { unit: "s" });
  const own = { "bench.operation.kind": "kernel", "bench.operation.name": "convolve" };
  return (work) => {
    const startMs = performance.now();
    tracer.startActiveSpan("kernel convolve", { attributes: { ...own, ...attributes } }, (span) => {
      work();
      const seconds = (performance.now() - startMs) / 1000;
      duration.record(seconds, { "bench.operation.name": "convolve", "bench.operation.outcome": "success" });
      span.setAttributes({ "bench.operation.outcome": "success" });
      span.end();
    });
  };
}

/** What Runlight's `stage()` emits, written by hand: a span, an active count, a duration, a record at the start and one at the end. Memory is not read here. */
export function createStageByHand(): Operate {
  const tracer = trace.getTracer("bench");
  const meter = metrics.getMeter("bench");
  const active = meter.createUpDownCounter("bench.stage.active");
  const duration = meter.createHistogram("bench.stage.duration", { unit: "s" });
  const logger = logs.getLogger("bench");
  const own = { "bench.stage.name": "convolve", "bench.operation.kind": "stage", "bench.operation.name": "convolve" };
  const info = { severityNumber: SeverityNumber.INFO, severityText: "INFO" };
  const before = { ...own, ...attributes, "bench.memory.start": 70_000_000 };
  return (work) => {
    const startMs = performance.now();
    tracer.startActiveSpan("stage convolve", { attributes: before }, (span) => {
      active.add(1, { "bench.operation.name": "convolve" });
      const timestamp = performance.timeOrigin + startMs;
      logger.emit({
        ...info,
        eventName: "bench.started",
        timestamp,
        attributes: before,
        body: "stage convolve started",
      });
      work();
      const endMs = performance.now();
      const seconds = (endMs - startMs) / 1000;
      const after = {
        "bench.operation.outcome": "success",
        "bench.memory.end": 70_000_000,
        "bench.memory.peak": 71_000_000,
      };
      logger.emit({
        ...info,
        eventName: "bench.completed",
        timestamp: performance.timeOrigin + endMs,
        attributes: { ...own, ...after, "bench.operation.duration": seconds },
        body: `stage convolve ended in success after ${seconds.toFixed(3)} s`,
      });
      active.add(-1, { "bench.operation.name": "convolve" });
      duration.record(seconds, { "bench.operation.name": "convolve", "bench.operation.outcome": "success" });
      span.setAttributes(after);
      span.end();
    });
  };
}
