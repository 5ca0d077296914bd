import { ROOT_CONTEXT, trace } from "@opentelemetry/api";
import { ProtobufMetricsSerializer } from "@opentelemetry/otlp-transformer";
import { resourceFromAttributes } from "@opentelemetry/resources";
import type { DataPoint, Histogram, MetricData, ScopeMetrics } from "@opentelemetry/sdk-metrics";
import { operationScope } from "@runlight/core";
import { decodeOtlpRequest } from "@runlight/testing";
import { expect, test } from "vitest";
import { createOperationMetrics } from "../../src/operation-metrics/operation-metrics.ts";
import type { OperationMetrics } from "../../src/operation-metrics/operation-metrics.ts";
import { createSeriesIndex } from "../../src/operation-metrics/series-index.ts";
import { maxSeries } from "../../src/operation-metrics/series.ts";
import { writeMetricRequest } from "../../src/pipeline/encode-metrics.ts";

const resource = resourceFromAttributes({ "service.name": "unit ü", answer: 42 });
const span = { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331", traceFlags: 1 };
const inSpan = trace.setSpanContext(ROOT_CONTEXT, span);

const scopeMetricsOf = (metrics: OperationMetrics): ScopeMetrics => ({
  scope: operationScope,
  metrics: Array.from(metrics.collectEach(), ({ metric }) => metric),
});

const pointsOf = (metrics: OperationMetrics): MetricData["dataPoints"] =>
  scopeMetricsOf(metrics).metrics.flatMap(({ dataPoints }) => dataPoints as DataPoint<number>[]);

test("writeMetricRequest() gives the official bytes where there are no exemplars", () => {
  const metrics = createOperationMetrics(resource);
  for (const value of [0.005, 0.01, 3.25, 1e9])
    metrics.record(
      { metric: "runlight.stage.duration", value, attributes: { "runlight.operation.name": "load" } },
      undefined,
    );
  metrics.record({ metric: "workflow.execution.active", value: 1, attributes: {} }, undefined);
  metrics.record({ metric: "workflow.execution.active", value: -1, attributes: {} }, undefined);
  metrics.record(
    { metric: "runlight.items.processed", value: 508_239, attributes: { "runlight.items.unit": "row" } },
    undefined,
  );
  const scopeMetrics = scopeMetricsOf(metrics);
  const official = ProtobufMetricsSerializer.serializeRequest({ resource, scopeMetrics: [scopeMetrics] });
  expect(
    Buffer.from(writeMetricRequest({ resource, scopeMetrics: [scopeMetrics] })).equals(Buffer.from(official ?? [])),
  ).toBe(true);
});

test("writeMetricRequest() writes the last sampled value of each bucket as its exemplar", () => {
  const metrics = createOperationMetrics(resource);
  for (const value of [0.2, 0.21, 7])
    metrics.record({ metric: "runlight.stage.duration", value, attributes: {} }, inSpan);
  metrics.record(
    { metric: "runlight.stage.duration", value: 100, attributes: {} },
    trace.setSpanContext(ROOT_CONTEXT, { ...span, traceFlags: 0 }),
  );
  const scopeMetrics = scopeMetricsOf(metrics);
  const [point] = decodeOtlpRequest(
    "metrics",
    writeMetricRequest({ resource, scopeMetrics: [scopeMetrics] }),
  ).metricPoints;
  expect(point).toMatchObject({ name: "runlight.stage.duration" });
  expect(point?.exemplars?.map(({ value, traceId, spanId }) => ({ value, traceId, spanId }))).toEqual(
    [0.21, 7].map((value) => ({ value, traceId: span.traceId, spanId: span.spanId })),
  );
});

test("createOperationMetrics() keeps at most its bound of series and puts the rest into one marked as overflow", () => {
  const metrics = createOperationMetrics(resource);
  for (let index = 0; index <= maxSeries + 1; index += 1)
    metrics.record(
      { metric: "runlight.items.processed", value: 1, attributes: { "runlight.items.unit": `u${index}` } },
      undefined,
    );
  const points = pointsOf(metrics);
  expect(points.length).toBe(maxSeries + 1);
  expect(points.at(-1)).toMatchObject({ attributes: { "otel.metric.overflow": true }, value: 2 });
});

test("createOperationMetrics() puts a value on a bucket's upper bound into that bucket", () => {
  const metrics = createOperationMetrics(resource);
  metrics.record({ metric: "runlight.stage.duration", value: 0.01, attributes: {} }, undefined);
  const [point] = pointsOf(metrics);
  const { buckets } = (point as DataPoint<Histogram>).value;
  expect(buckets.counts.slice(0, 2)).toEqual([1, 0]);
});

test("createOperationMetrics() takes the same attributes in another order for the same series, and a number for another than its text", () => {
  const metrics = createOperationMetrics(resource);
  const record = (attributes: object): void =>
    metrics.record({ metric: "runlight.items.processed", value: 1, attributes }, undefined);
  for (let time = 0; time < 2; time += 1) {
    record({ "runlight.items.unit": "row", "runlight.operation.name": "load" });
    record({ "runlight.operation.name": "load", "runlight.items.unit": "row" });
    record({ "runlight.operation.name": "load" });
    record({ "runlight.items.unit": "1" });
    record({ "runlight.items.unit": 1 });
  }
  const points = pointsOf(metrics);
  expect(points.map(({ attributes, value }) => [...Object.values(attributes), value])).toEqual([
    ["row", "load", 4],
    ["load", 2],
    ["1", 2],
    [1, 2],
  ]);
});

test("createSeriesIndex() finds what was added, no more than its bound of ways, and none by an object", () => {
  const index = createSeriesIndex<string>(3);
  index.add({}, "without");
  index.add({ a: 1, b: true }, "ab");
  index.add({ list: ["a"] }, "never");
  index.add({ b: true }, "b");
  index.add({ c: 1 }, "beyond");
  const ways = [{}, { a: 1, b: true }, { b: true }];
  const none = [{ c: 1 }, { a: 1 }, { a: 1, b: true, c: 1 }, { list: ["a"] }];
  expect(ways.map((attributes) => index.find(attributes))).toEqual(["without", "ab", "b"]);
  expect(none.filter((attributes) => index.find(attributes) !== undefined)).toEqual([]);
});
