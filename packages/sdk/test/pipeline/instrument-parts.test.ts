import { setImmediate } from "node:timers/promises";
import type { Meter } from "@opentelemetry/api";
import { hrTimeToNanoseconds } from "@opentelemetry/core";
import { AggregationTemporality, AggregationType, MeterProvider, MetricReader } from "@opentelemetry/sdk-metrics";
import type { MetricData, MeterProviderOptions, MetricProducer } from "@opentelemetry/sdk-metrics";
import { expect, test } from "vitest";
import { createInstrumentParts } from "../../src/pipeline/instrument-parts.ts";
import type { InstrumentParts } from "../../src/pipeline/instrument-parts.ts";
import { maxPartPoints } from "../../src/pipeline/metric-part.ts";
import type { MetricPart, MetricPoint } from "../../src/pipeline/metric-part.ts";

/*
 * createInstrumentParts() reads state the SDK does not publish. When one of these tests fails after an update of
 * @opentelemetry/sdk-metrics, that state has moved: see src/pipeline/stock-state.ts.
 */

class ManualReader extends MetricReader {
  producer: MetricProducer | undefined;
  override setMetricProducer(producer: MetricProducer): void {
    this.producer = producer;
    super.setMetricProducer(producer);
  }
  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }
  protected override onShutdown(): Promise<void> {
    return Promise.resolve();
  }
}

interface SetUp {
  readonly reader: ManualReader;
  readonly provider: MeterProvider;
  readonly meter: Meter;
  readonly parts: InstrumentParts;
}

function setUp(options: MeterProviderOptions = {}): SetUp {
  const reader = new ManualReader();
  const provider = new MeterProvider({ ...options, readers: [reader, ...(options.readers ?? [])] });
  const parts = createInstrumentParts(reader.producer as MetricProducer);
  return { reader, provider, meter: provider.getMeter("test", "1.0.0"), parts };
}

const metricsOf = (parts: Iterable<MetricPart>): MetricData[] => Array.from(parts, ({ metric }) => metric);
const pointsOf = ({ dataPoints }: MetricData): readonly MetricPoint[] => dataPoints;
const valuesOf = (parts: Iterable<MetricPart>): unknown[] =>
  metricsOf(parts).flatMap((metric) => pointsOf(metric).map(({ value }) => value));

/** A copy, without times: histograms count on in what they gave. */
function withoutTimes(metrics: readonly MetricData[]): unknown {
  return JSON.parse(
    JSON.stringify(metrics, (key, value: unknown) => (key === "startTime" || key === "endTime" ? undefined : value)),
  );
}

function recordSome(meter: Meter): void {
  meter.createCounter("counter").add(2, { a: "b" });
  meter.createUpDownCounter("updown").add(-3);
  meter.createGauge("gauge").record(4);
  meter.createHistogram("histogram", { advice: { explicitBucketBoundaries: [1, 2] } }).record(1.5);
  meter.createObservableCounter("observed").addCallback((result) => result.observe(7, { c: "d" }));
}

test("createInstrumentParts() gives the same as collect(), time after time, for every instrument", async () => {
  const [one, other] = [setUp(), setUp()];
  for (let time = 0; time < 3; time += 1) {
    recordSome(one.meter);
    recordSome(other.meter);
    await one.parts.observe({ timeoutMs: 1000, onError: () => undefined });
    const collected = await other.reader.collect();
    expect(withoutTimes(metricsOf(one.parts.all()))).toEqual(
      withoutTimes(collected.resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics)),
    );
  }
  const [part] = one.parts.all();
  expect(part?.scope).toEqual({ name: "test", version: "1.0.0", schemaUrl: undefined });
  expect(part?.metric.aggregationTemporality).toBe(AggregationTemporality.CUMULATIVE);
});

test("createInstrumentParts() gives parts of a bounded size, a series that begins meanwhile in the last", () => {
  const { meter, parts } = setUp();
  const counter = meter.createCounter("counter");
  for (let series = 0; series < 2 * maxPartPoints; series += 1) counter.add(series, { series });
  const sizes: number[] = [];
  for (const { metric } of parts.all()) {
    if (sizes.length === 0) counter.add(1, { late: true });
    sizes.push(metric.dataPoints.length);
  }
  expect(sizes).toEqual([maxPartPoints, maxPartPoints, 1]);
});

test("createInstrumentParts() gives no point that ends before it began", async () => {
  const { meter, parts } = setUp();
  const counter = meter.createCounter("counter");
  for (let series = 0; series < maxPartPoints; series += 1) counter.add(series, { series });
  const metrics: MetricData[] = [];
  for (const { metric } of parts.all()) {
    metrics.push(metric);
    const began = Date.now();
    while (Date.now() === began) await setImmediate();
    if (metrics.length === 1) counter.add(1, { late: true });
  }
  const points = metrics.flatMap(pointsOf);
  expect(points.length).toBe(maxPartPoints + 1);
  expect(
    points.filter(({ startTime, endTime }) => hrTimeToNanoseconds(startTime) > hrTimeToNanoseconds(endTime)),
  ).toEqual([]);
});

test("createInstrumentParts() lets what an observable gauge says begin when it is said: Prometheus puts a 0 where a series begins anew", async () => {
  const { meter, parts } = setUp();
  meter.createObservableGauge("gauge").addCallback((result) => result.observe(1 / 3));
  for (let time = 0; time < 2; time += 1) {
    await parts.observe({ timeoutMs: 1000, onError: () => undefined });
    const began = Date.now();
    while (Date.now() === began) await setImmediate();
    const [point] = metricsOf(parts.all()).flatMap(pointsOf);
    expect(point?.value).toBe(1 / 3);
    expect(point?.startTime).toEqual(point?.endTime);
  }
});

test("createInstrumentParts() holds all series of an instrument to the bound, however often it is read", () => {
  const { meter, parts } = setUp();
  const counter = meter.createCounter("counter");
  for (let series = 0; series < 2100; series += 1) {
    counter.add(1, { series });
    if (series % 1000 === 0) metricsOf(parts.all());
  }
  const points = metricsOf(parts.all()).flatMap(pointsOf);
  expect(points.length).toBe(2000);
  expect(points.at(-1)).toMatchObject({ attributes: { "otel.metric.overflow": true }, value: 101 });
});

test("createInstrumentParts() gives of an observable gauge what it said last, of as many series as it names by and by", async () => {
  const { meter, parts } = setUp();
  let run = 0;
  meter.createObservableGauge("run").addCallback((result) => result.observe(1, { run }));
  meter.createObservableCounter("runs").addCallback((result) => result.observe(run));
  for (run = 1; run <= 2100; run += 1) {
    await parts.observe({ timeoutMs: 1000, onError: () => undefined });
    expect(metricsOf(parts.all()).flatMap(pointsOf)).toMatchObject([
      { value: 1, attributes: { run } },
      { value: run, attributes: {} },
    ]);
  }
});

test("changed() gives the series that another value was recorded into since they were taken, and nothing twice", () => {
  const { meter, parts } = setUp();
  const counter = meter.createCounter("counter");
  const balance = meter.createUpDownCounter("balance");
  const histogram = meter.createHistogram("histogram");
  counter.add(2, { series: 1 });
  counter.add(2, { series: 2 });
  balance.add(1, { series: 1 });
  balance.add(1, { series: 2 });
  histogram.record(1);
  expect(valuesOf(parts.all()).length).toBe(5);
  expect(valuesOf(parts.changed())).toEqual([]);
  counter.add(3, { series: 2 });
  // What is added to one is taken from the other: their sum is what it was.
  balance.add(1, { series: 1 });
  balance.add(-1, { series: 2 });
  histogram.record(0);
  expect(valuesOf(parts.changed())).toMatchObject([5, 2, 0, { count: 2, sum: 1 }]);
  expect(valuesOf(parts.changed())).toEqual([]);
});

test("changed() leaves observable instruments out and calls no callback", () => {
  const { meter, parts } = setUp();
  let calls = 0;
  meter.createObservableGauge("gauge").addCallback(() => void calls++);
  expect(metricsOf(parts.changed())).toEqual([]);
  expect(calls).toBe(0);
});

test("createInstrumentParts() sees instruments behind views, and none that a view drops", () => {
  const { meter, parts } = setUp({
    views: [
      { instrumentName: "seconds", name: "renamed", aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } },
      { instrumentName: "dropped", aggregation: { type: AggregationType.DROP } },
    ],
  });
  meter.createHistogram("seconds").record(1);
  meter.createHistogram("dropped").record(1);
  expect(metricsOf(parts.changed()).map((metric) => metric.descriptor.name)).toEqual(["renamed"]);
});

test("createInstrumentParts() counts on where another reader collects the same series, and where its own was asked before", async () => {
  const other = new ManualReader();
  const { meter, reader, parts } = setUp({ readers: [other], views: [{ instrumentName: "shared", name: "renamed" }] });
  const shared = meter.createCounter("shared");
  const own = meter.createCounter("own");
  for (let time = 1; time <= 3; time += 1) {
    shared.add(2);
    own.add(3);
    expect(valuesOf(parts.all())).toEqual([2 * time, 3 * time]);
    const { resourceMetrics } = await other.collect();
    const values = resourceMetrics.scopeMetrics.flatMap(({ metrics }) =>
      metrics.map(({ dataPoints }) => dataPoints[0]),
    );
    expect(values).toMatchObject([{ value: 2 * time }, { value: 3 * time }]);
  }
  own.add(1);
  await reader.collect();
  own.add(1);
  expect(valuesOf(parts.changed())).toEqual([11]);
});
