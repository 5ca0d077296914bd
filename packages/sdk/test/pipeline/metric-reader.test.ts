import { MeterProvider } from "@opentelemetry/sdk-metrics";
import { waitUntil } from "@runlight/testing";
import { expect, test } from "vitest";
import { SpoolMetricReader, encodeMetrics } from "../../src/pipeline/metric-reader.ts";
import { createSignalWriter } from "../../src/pipeline/signal-writer.ts";
import { createRedactor } from "../../src/redaction/redactor.ts";
import { createCollectingStore } from "./collecting-store.ts";

function setUp(intervalMs = 3_600_000) {
  const store = createCollectingStore();
  const redactor = createRedactor([]);
  const errors: unknown[] = [];
  const writer = createSignalWriter({
    signal: "metrics",
    store,
    encode: (metrics: Parameters<typeof encodeMetrics>[0]) => encodeMetrics(metrics, redactor),
    onFailure: (error) => errors.push(error),
  });
  const reader = new SpoolMetricReader({
    writer,
    operationMetrics: undefined,
    intervalMs,
    onError: (error) => errors.push(error),
  });
  const provider = new MeterProvider({ readers: [reader] });
  const points = () => store.appended.flatMap((request) => request.metricPoints);
  return { reader, provider, store, errors, points, meter: provider.getMeter("test") };
}

test("SpoolMetricReader writes cumulative points at a flush, secrets taken out of their attributes", async () => {
  const { reader, meter, points } = setUp();
  const counter = meter.createCounter("rows");
  counter.add(2, { url: "redis://:hunter2@cache" });
  await reader.forceFlush();
  counter.add(3, { url: "redis://:hunter2@cache" });
  await reader.forceFlush();
  expect(points().map(({ value, temporality, attributes }) => ({ value, temporality, attributes }))).toEqual([
    { value: 2, temporality: "cumulative", attributes: { url: "redis://:[redacted]@cache" } },
    { value: 5, temporality: "cumulative", attributes: { url: "redis://:[redacted]@cache" } },
  ]);
});

test("SpoolMetricReader writes at every interval", async () => {
  const { meter, store } = setUp(5);
  meter.createCounter("rows").add(1);
  await waitUntil(() => store.appended.length >= 2);
});

test("SpoolMetricReader writes nothing where nothing was recorded", async () => {
  const { reader, store } = setUp();
  await reader.forceFlush();
  expect(store.appended).toEqual([]);
});

test("SpoolMetricReader writes once for flushes at the same time", async () => {
  const { reader, meter, store } = setUp();
  meter.createCounter("rows").add(1);
  await Promise.all([reader.forceFlush(), reader.forceFlush()]);
  expect(store.appended.length).toBe(1);
});

test("SpoolMetricReader tells what an observable callback throws, and writes the others", async () => {
  const { reader, meter, points, errors } = setUp();
  const fault = new Error("no sensor");
  meter.createObservableGauge("broken").addCallback(() => {
    throw fault;
  });
  meter.createObservableGauge("whole").addCallback((result) => result.observe(1));
  await reader.forceFlush();
  expect(errors).toEqual([fault]);
  expect(points().map((point) => point.name)).toEqual(["whole"]);
});

test("SpoolMetricReader writes a last time when it is shut down", async () => {
  const { provider, meter, store } = setUp();
  meter.createCounter("rows").add(1);
  await provider.shutdown();
  expect(store.appended.length).toBe(1);
});
