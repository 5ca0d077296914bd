import { SpanStatusCode, context, logs, metrics, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { beforeEach, expect, test } from "vitest";
import { createDurationSketch, sketchError } from "../../src/folding/duration-sketch.ts";
import { kernel, stage } from "../../src/operation/kinds.ts";

const spans = new InMemorySpanExporter();
const points = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const reader = new PeriodicExportingMetricReader({ exporter: points, exportIntervalMillis: 3_600_000 });
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] }));
const records = new InMemoryLogRecordExporter();
logs.setGlobalLoggerProvider(new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter: records })] }));
metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));

beforeEach(() => spans.reset());

test("kernel() called 1,000 times keeps every span", () => {
  stage("s", () => {
    for (let call = 0; call < 1000; call += 1) kernel("k", () => call);
  });
  expect(spans.getFinishedSpans().length).toBe(1001);
});

test("kernel() called 100,000 times leaves a bounded trace with exact counts and every failure", async () => {
  stage("s", () => {
    for (let call = 0; call < 100_000; call += 1) {
      try {
        kernel("folded", () => {
          if (call === 50_000) throw new Error("boom");
        });
      } catch {
        // Counted below.
      }
    }
  });
  const ended = spans.getFinishedSpans();
  expect(ended.length).toBeLessThan(1030);
  const summary = ended.find((span) => span.name === "kernel folded (folded)");
  expect(summary?.attributes).toMatchObject({ "runlight.fold.count": 99_000, "runlight.fold.failed": 1 });
  expect(ended.filter((span) => span.attributes["runlight.operation.outcome"] === "failure").length).toBe(1);
  expect(summary?.parentSpanContext?.spanId).toBe(ended.at(-1)?.spanContext().spanId);
  await reader.forceFlush();
  const duration = points
    .getMetrics()
    .at(-1)
    ?.scopeMetrics[0]?.metrics.find((metric) => metric.descriptor.name === "runlight.kernel.duration");
  const folded = duration?.dataPoints.filter((point) => point.attributes["runlight.operation.name"] === "folded");
  expect(folded?.map((point) => (point.value as { count: number }).count)).toEqual([99_999, 1]);
});

test("stage() folded leaves one record for all that ended well, and those that failed have spans of their own", () => {
  records.reset();
  stage("s", () => {
    for (let call = 0; call < 1005; call += 1) {
      const folded = stage.start("f");
      if (call === 1002) folded.fail(new RangeError("singular"));
      else folded.end();
    }
  });
  const told = records.getFinishedLogRecords().slice(-5);
  expect(told.map(({ eventName }) => eventName)).toEqual([
    "stage.completed",
    "stage.started",
    "stage.failed",
    "stage.folded",
    "stage.completed",
  ]);
  const [, started, failed, folded, around] = told;
  expect(folded?.attributes).toMatchObject({
    "runlight.operation.kind": "stage",
    "runlight.operation.name": "f",
    "runlight.fold.count": 4,
    "runlight.fold.failed": 0,
  });
  expect(folded?.spanContext?.spanId).toBe(around?.spanContext?.spanId);
  // Its end must not be taken for the end of what is around it.
  expect(failed?.spanContext?.spanId).not.toBe(around?.spanContext?.spanId);
  expect(failed?.spanContext?.spanId).toBe(started?.spanContext?.spanId);
  const span = spans
    .getFinishedSpans()
    .find(({ name, status }) => name === "stage f" && status.code === SpanStatusCode.ERROR);
  expect(span?.spanContext().spanId).toBe(failed?.spanContext?.spanId);
});

test("createDurationSketch() gives quantiles within its error, and exact count, sum, min and max", () => {
  const sketch = createDurationSketch();
  const values = Array.from({ length: 10_001 }, (_value, index) => 1e-6 * 1.001 ** index);
  for (const value of values) sketch.add(value);
  for (const q of [0, 0.5, 0.95, 1]) {
    const exact = values[Math.round(q * 10_000)] as number;
    expect(Math.abs(sketch.quantile(q) - exact) / exact).toBeLessThanOrEqual(sketchError * 1.01);
  }
  expect([sketch.count, sketch.min, sketch.max]).toEqual([10_001, values[0], values.at(-1)]);
});

test("createDurationSketch() answers 0 when it is empty", () => {
  expect(createDurationSketch().quantile(0.5)).toBe(0);
});
