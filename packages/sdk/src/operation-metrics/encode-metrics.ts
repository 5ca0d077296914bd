import { ValueType } from "@opentelemetry/api";
import type { HrTime } from "@opentelemetry/api";
import type { Resource } from "@opentelemetry/resources";
import type { DataPoint, Histogram, MetricData, ScopeMetrics } from "@opentelemetry/sdk-metrics";
import { WireWriter, encodeAttributes } from "@runlight/spool";
import { writeResource, writeScope } from "../pipeline/envelope-fields.ts";
import type { Exemplar } from "./cell.ts";
import type { ExemplarPoint } from "./metric-data.ts";
import { histogramPoints, sumPoints } from "./point-types.ts";

/** `AGGREGATION_TEMPORALITY_CUMULATIVE` of OTLP. */
const cumulative = 2;

/**
 * Sums and histograms of one scope as an OTLP export request, exemplars with them: the official serializer leaves exemplars out. Without
 * exemplars the bytes are the official ones. Source: opentelemetry/proto/metrics/v1/metrics.proto.
 */
export function encodeOperationMetrics(resource: Resource, scopeMetrics: ScopeMetrics): Uint8Array {
  const writer = new WireWriter();
  writer.message(1, () => {
    writeResource(writer, resource);
    writer.message(2, () => {
      writeScope(writer, scopeMetrics.scope);
      for (const metric of scopeMetrics.metrics) writer.message(2, () => encodeMetric(writer, metric));
    });
    if (resource.schemaUrl !== undefined) writer.string(3, resource.schemaUrl);
  });
  return writer.finish();
}

function encodeMetric(writer: WireWriter, metric: MetricData): void {
  writer.string(1, metric.descriptor.name);
  if (metric.descriptor.description !== "") writer.string(2, metric.descriptor.description);
  if (metric.descriptor.unit !== "") writer.string(3, metric.descriptor.unit);
  if (metric.dataPointType === sumPoints) {
    writer.message(7, () => {
      for (const point of metric.dataPoints)
        writer.message(1, () => encodeNumber(writer, point, metric.descriptor.valueType));
      writer.uint(2, cumulative);
      if (metric.isMonotonic) writer.boolean(3, true);
    });
  } else if (metric.dataPointType === histogramPoints) {
    writer.message(9, () => {
      for (const point of metric.dataPoints) writer.message(1, () => encodeHistogram(writer, point));
      writer.uint(2, cumulative);
    });
  } else
    throw new RangeError(
      `Cannot encode ${metric.descriptor.name}: its points must be sums or histograms, current type is ${metric.dataPointType}`,
    );
}

function encodeNumber(writer: WireWriter, point: DataPoint<number>, valueType: ValueType): void {
  writer.fixed64(2, nanoseconds(point.startTime));
  writer.fixed64(3, nanoseconds(point.endTime));
  if (valueType === ValueType.INT) writer.fixed64(6, BigInt.asUintN(64, BigInt(point.value)));
  else writer.double(4, point.value);
  encodeAttributes(writer, 7, point.attributes);
}

function encodeHistogram(writer: WireWriter, point: DataPoint<Histogram> & Partial<ExemplarPoint>): void {
  const { buckets, count, sum, min, max } = point.value;
  writer.fixed64(2, nanoseconds(point.startTime));
  writer.fixed64(3, nanoseconds(point.endTime));
  writer.fixed64(4, BigInt(count));
  if (sum !== undefined) writer.double(5, sum);
  writer.bytes(
    6,
    packed(buckets.counts, (view, offset, value) => view.setBigUint64(offset, BigInt(value), true)),
  );
  if (buckets.boundaries.length > 0)
    writer.bytes(
      7,
      packed(buckets.boundaries, (view, offset, value) => view.setFloat64(offset, value, true)),
    );
  encodeAttributes(writer, 9, point.attributes);
  for (const exemplar of point.exemplars ?? []) writer.message(8, () => encodeExemplar(writer, exemplar));
  if (min !== undefined) writer.double(11, min);
  if (max !== undefined) writer.double(12, max);
}

function encodeExemplar(writer: WireWriter, exemplar: Exemplar): void {
  writer.fixed64(2, BigInt(Math.round(exemplar.timeMs)) * 1_000_000n);
  writer.double(3, exemplar.value);
  writer.hex(4, exemplar.spanId);
  writer.hex(5, exemplar.traceId);
}

function packed(values: readonly number[], set: (view: DataView, offset: number, value: number) => void): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 8));
  for (const [index, value] of values.entries()) set(view, index * 8, value);
  return new Uint8Array(view.buffer);
}

function nanoseconds([seconds, nanos]: HrTime): bigint {
  return BigInt(seconds) * 1_000_000_000n + BigInt(nanos);
}
