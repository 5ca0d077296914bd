import { ValueType } from "@opentelemetry/api";
import type { Attributes, Meter } from "@opentelemetry/api";
import { ProtobufMetricsSerializer } from "@opentelemetry/otlp-transformer";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { AggregationType, MeterProvider, MetricReader } from "@opentelemetry/sdk-metrics";
import type { MeterProviderOptions, ResourceMetrics } from "@opentelemetry/sdk-metrics";
import { decodeOtlpRequest } from "@runlight/testing";
import { expect, test } from "vitest";
import { encodeMetrics } from "../../src/pipeline/encode-metrics.ts";
import { createRedactor } from "../../src/redaction/redactor.ts";

class ManualReader extends MetricReader {
  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }
  protected override onShutdown(): Promise<void> {
    return Promise.resolve();
  }
}

async function collect(record: (meter: Meter) => void, options: MeterProviderOptions = {}): Promise<ResourceMetrics> {
  const reader = new ManualReader();
  const provider = new MeterProvider({ ...options, readers: [reader] });
  record(provider.getMeter("with", "1.0.0", { schemaUrl: "https://opentelemetry.io/schemas/1.40.0" }));
  record(provider.getMeter("without"));
  return (await reader.collect()).resourceMetrics;
}

function expectOfficialBytes(metrics: ResourceMetrics): void {
  const encoded = Buffer.from(encodeMetrics(metrics, createRedactor([])) ?? []);
  const official = Buffer.from(ProtobufMetricsSerializer.serializeRequest(metrics) ?? []);
  expect(encoded.toString("hex")).toBe(official.toString("hex"));
}

const numbers: readonly number[] = [0, -0, 1, -1, 0.1, 1e-320, 2 ** 31, 2 ** 32, 2 ** 53, -(2 ** 53), 1e300, -1e300];
const attributes: readonly unknown[] = [
  {},
  { text: "ü😀\u0000", empty: "", "": "key", long: "x".repeat(20_000) },
  { yes: true, no: false, whole: -7, large: 2 ** 63, least: -(2 ** 63), half: 0.5, nan: Number.NaN },
  { list: ["a", 1, true], nested: { a: { b: [{}] } }, bytes: Uint8Array.of(0, 255), none: undefined, nothing: null },
];

test.each([ValueType.INT, ValueType.DOUBLE])(
  "encodeMetrics() gives the official bytes of numbers, type %i",
  async (valueType) => {
    const metrics = await collect((meter) => {
      for (const [index, value] of numbers.entries()) {
        meter.createCounter("counter", { valueType }).add(Math.abs(value), { index });
        meter
          .createUpDownCounter("balance", { valueType, description: "what is there", unit: "{thing}" })
          .add(value, { index });
        meter.createGauge("gauge", { valueType }).record(value, { index });
        meter.createHistogram("histogram", { valueType }).record(Math.abs(value), { index });
      }
    });
    expectOfficialBytes(metrics);
  },
);

test("encodeMetrics() gives the official bytes of a sum beyond what numbers hold", async () => {
  const options = { valueType: ValueType.INT };
  expectOfficialBytes(
    await collect((meter) => {
      const counter = meter.createUpDownCounter("counter", options);
      for (let time = 0; time < 2; time += 1)
        for (const [sign, value] of [Number.MAX_VALUE, -Number.MAX_VALUE, 2 ** 63, -(2 ** 63)].entries())
          counter.add(value, { sign });
    }),
  );
});

test.each([[[]], [[0]], [[1, 2, 3]], [Array.from({ length: 300 }, (_, index) => index / 3)]])(
  "encodeMetrics() gives the official bytes of a histogram of the bounds %j",
  async (explicitBucketBoundaries: number[]) => {
    const record = (meter: Meter): void => {
      const histogram = meter.createHistogram("histogram", { advice: { explicitBucketBoundaries } });
      for (const value of [0, 0.5, 1, 2.5, 1e9, Number.MAX_VALUE]) histogram.record(value);
    };
    expectOfficialBytes(await collect(record));
    const aggregation = {
      type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM,
      options: { boundaries: explicitBucketBoundaries, recordMinMax: false },
    } as const;
    expectOfficialBytes(await collect(record, { views: [{ instrumentName: "*", aggregation }] }));
    expectOfficialBytes(
      await collect((meter) => meter.createUpDownCounter("negative").add(-1), {
        views: [{ instrumentName: "*", aggregation }],
      }),
    );
  },
);

test.each(attributes)("encodeMetrics() gives the official bytes of the attributes %j", async (of) => {
  const resource = resourceFromAttributes({ "service.name": "unit ü", answer: 42, list: ["a"] });
  expectOfficialBytes(
    await collect(
      (meter) => {
        meter.createCounter("counter").add(1, of as Attributes);
        meter.createHistogram("histogram").record(1, of as Attributes);
      },
      { resource },
    ),
  );
});

test("encodeMetrics() gives the official bytes of a resource with a schema, of exponential histograms, and of nothing", async () => {
  const resource = resourceFromAttributes({}, { schemaUrl: "https://opentelemetry.io/schemas/1.40.0" });
  const aggregation = { type: AggregationType.EXPONENTIAL_HISTOGRAM } as const;
  const views = [{ instrumentName: "exponential", aggregation }];
  const record = (meter: Meter): void => {
    for (const name of ["exponential", "plain"]) meter.createHistogram(name).record(1);
  };
  expectOfficialBytes(await collect(record, { resource, views }));
  expectOfficialBytes(await collect(() => undefined, { resource }));
});

test("encodeMetrics() takes secrets out of points' attributes", async () => {
  const metrics = await collect((meter) => meter.createGauge("gauge").record(1, { url: "redis://:hunter2@cache" }));
  const encoded = encodeMetrics(metrics, createRedactor([])) ?? new Uint8Array();
  expect(decodeOtlpRequest("metrics", encoded).metricPoints.map((point) => point.attributes)).toEqual(
    Array.from({ length: 2 }, () => ({ url: "redis://:[redacted]@cache" })),
  );
});
