import { AggregationTemporality, AggregationType, MeterProvider, MetricReader } from "@opentelemetry/sdk-metrics";
import type { MetricData } from "@opentelemetry/sdk-metrics";
import { expect, test } from "vitest";
import { collectSynchronously } from "../../src/pipeline/synchronous-collection.ts";

class ManualReader extends MetricReader {
  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }
  protected override onShutdown(): Promise<void> {
    return Promise.resolve();
  }
}

function collected(provider: MeterProvider, reader: MetricReader): MetricData[] {
  return collectSynchronously(provider, reader)?.scopeMetrics.flatMap((scope) => scope.metrics) ?? [];
}

/*
 * collectSynchronously() reads state the SDK does not publish. When one of these tests fails after an update of
 * @opentelemetry/sdk-metrics, that state has moved: see src/pipeline/synchronous-collection.ts.
 */

test("collectSynchronously() gives the same as collect(), for every synchronous instrument", async () => {
  const record = (provider: MeterProvider): void => {
    const meter = provider.getMeter("test", "1.0.0");
    meter.createCounter("counter").add(2, { a: "b" });
    meter.createUpDownCounter("updown").add(-3);
    meter.createGauge("gauge").record(4);
    meter.createHistogram("histogram", { advice: { explicitBucketBoundaries: [1, 2] } }).record(1.5);
  };
  const withoutTimes = (metrics: readonly MetricData[]): unknown =>
    JSON.parse(
      JSON.stringify(metrics, (key, value: unknown) => (key === "startTime" || key === "endTime" ? undefined : value)),
    );

  const [one, other] = [new ManualReader(), new ManualReader()];
  const [first, second] = [new MeterProvider({ readers: [one] }), new MeterProvider({ readers: [other] })];
  record(first);
  record(second);
  const asynchronous = await other.collect();
  const synchronous = collectSynchronously(first, one);
  expect(withoutTimes(synchronous?.scopeMetrics.flatMap((scope) => scope.metrics) ?? [])).toEqual(
    withoutTimes(asynchronous.resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics)),
  );
  expect(synchronous?.scopeMetrics.map((scope) => scope.scope)).toEqual([
    { name: "test", version: "1.0.0", schemaUrl: undefined },
  ]);
  expect(collected(first, one)).toEqual([]);
});

test("collectSynchronously() goes on counting where collect() stopped", async () => {
  const reader = new ManualReader();
  const provider = new MeterProvider({ readers: [reader] });
  const counter = provider.getMeter("test").createCounter("counter");
  counter.add(2);
  await reader.collect();
  expect(collected(provider, reader)).toEqual([]);
  counter.add(3);
  const [metric] = collected(provider, reader);
  expect(metric?.dataPoints.map((point) => point.value)).toEqual([5]);
  expect(metric?.aggregationTemporality).toBe(AggregationTemporality.CUMULATIVE);
});

test("collectSynchronously() leaves observable instruments out and calls no callback", () => {
  const reader = new ManualReader();
  const provider = new MeterProvider({ readers: [reader] });
  let calls = 0;
  provider
    .getMeter("test")
    .createObservableGauge("gauge")
    .addCallback(() => void calls++);
  expect(collected(provider, reader)).toEqual([]);
  expect(calls).toBe(0);
});

test("collectSynchronously() sees instruments behind views", () => {
  const reader = new ManualReader();
  const provider = new MeterProvider({
    readers: [reader],
    views: [
      { instrumentName: "seconds", name: "renamed", aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } },
    ],
  });
  provider.getMeter("test").createHistogram("seconds").record(1);
  expect(collected(provider, reader).map((metric) => metric.descriptor.name)).toEqual(["renamed"]);
});

test("collectSynchronously() gives nothing for a reader of another provider", () => {
  const provider = new MeterProvider({ readers: [new ManualReader()] });
  provider.getMeter("test").createCounter("counter").add(1);
  expect(collectSynchronously(provider, new ManualReader())).toBe(undefined);
});
