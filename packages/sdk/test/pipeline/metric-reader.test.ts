import { setImmediate } from "node:timers/promises";
import type { Meter } from "@opentelemetry/api";
import { MeterProvider } from "@opentelemetry/sdk-metrics";
import { ATTR_WORKFLOW_EXECUTION_ID, METRIC_RUNLIGHT_RUN_INFO } from "@runlight/conventions/names";
import { observeRuns, workflow } from "@runlight/core";
import { waitUntil } from "@runlight/testing";
import { expect, test } from "vitest";
import { encodeMetrics } from "../../src/pipeline/encode-metrics.ts";
import { maxPartPoints } from "../../src/pipeline/metric-part.ts";
import { SpoolMetricReader } from "../../src/pipeline/metric-reader.ts";
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

test("SpoolMetricReader names the runs that are active, and none that has ended", async () => {
  const { reader, meter, points } = setUp();
  observeRuns(meter);
  const runs: string[] = [];
  for (const name of ["first", "second"])
    await workflow(name, async (operation) => {
      runs.push(operation.run?.id ?? "none");
      await reader.forceFlush();
    });
  await reader.forceFlush();
  const named = points().filter((point) => point.name === METRIC_RUNLIGHT_RUN_INFO);
  expect(named.map(({ attributes }) => attributes[ATTR_WORKFLOW_EXECUTION_ID])).toEqual(runs);
});

/** Five instruments of a thousand series each. */
function recordSeries(meter: Meter): void {
  for (let instrument = 0; instrument < 5; instrument += 1) {
    const histogram = meter.createHistogram(`part.${instrument}`);
    for (let series = 0; series < 1000; series += 1) histogram.record(series, { series });
  }
}

const keysOf = (points: readonly { readonly name: string; readonly attributes: object }[]): string[] =>
  points.map(({ name, attributes }) => `${name} ${JSON.stringify(attributes)}`);

test("SpoolMetricReader lets the event loop go on while it writes many series, each once, in requests of a bounded size", async () => {
  const { reader, meter, store, points } = setUp();
  recordSeries(meter);
  let turns = 0;
  let isWritten = false;
  const written = reader.forceFlush().then(() => (isWritten = true));
  for (; !isWritten; turns += 1) await setImmediate();
  await written;
  expect(turns).toBeGreaterThan(5);
  expect(new Set(keysOf(points())).size).toBe(5000);
  expect(points().length).toBe(5000);
  expect(Math.max(...store.appended.map(({ metricPoints }) => metricPoints.length))).toBe(maxPartPoints);
});

test("SpoolMetricReader writes the rest at once when the process exits within a collection", async () => {
  const { reader, meter, store, points } = setUp();
  recordSeries(meter);
  void reader.forceFlush();
  while (store.appended.length === 0) await setImmediate();
  expect(points().length).toBeLessThan(5000);
  reader.collectAtExit();
  expect(new Set(keysOf(points())).size).toBe(5000);
  expect(points().length).toBe(5000);
});
