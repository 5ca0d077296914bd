import { ValueType } from "@opentelemetry/api";
import type { HrTime } from "@opentelemetry/api";
import type { DataPoint, Histogram, MetricData, ResourceMetrics, ScopeMetrics } from "@opentelemetry/sdk-metrics";
import { ItemWriter } from "@runlight/spool";
import { writeAttributes } from "../fast-lane/encode-value.ts";
import type { Exemplar } from "../operation-metrics/cell.ts";
import type { ExemplarPoint } from "../operation-metrics/metric-data.ts";
import { gaugePoints, histogramPoints, sumPoints } from "../operation-metrics/point-types.ts";
import { stockSerializers } from "../providers/stock-packages.ts";
import { redactMetrics } from "../redaction/redact-metrics.ts";
import type { Redactor } from "../redaction/redactor.ts";

/*
 * Series by the thousand are written between two turns of the event loop: budget 400 ns for a histogram of sixteen buckets. The official
 * serializer takes three times that, for it runs twice, and has no exemplars.
 */

/** `AGGREGATION_TEMPORALITY_CUMULATIVE` of OTLP. */
const cumulative = 2;

/** Enough for most points; the writer grows where it is not. */
const pointBytes = 400;

/** Metrics as an OTLP export request, secrets taken out of the points' attributes. */
export function encodeMetrics(metrics: ResourceMetrics, redactor: Redactor): Uint8Array | undefined {
  const redacted = redactMetrics(metrics, redactor);
  return redacted.scopeMetrics.every((scope) => scope.metrics.every(isKnown))
    ? writeMetricRequest(redacted)
    : stockSerializers().ProtobufMetricsSerializer.serializeRequest(redacted);
}

/** Exponential histograms, which only a view makes, are rare enough to be left to the official serializer. */
function isKnown({ dataPointType }: MetricData): boolean {
  return dataPointType === gaugePoints || dataPointType === sumPoints || dataPointType === histogramPoints;
}

/**
 * Cumulative sums, gauges and histograms as an OTLP export request, with exemplars where they have some. Without exemplars the bytes are those
 * of the official serializer. Source: opentelemetry/proto/metrics/v1/metrics.proto.
 */
export function writeMetricRequest({ resource, scopeMetrics }: ResourceMetrics): Uint8Array {
  const points = scopeMetrics.flatMap(({ metrics }) => metrics.map(({ dataPoints }) => dataPoints.length));
  const writer = new ItemWriter(1024 + pointBytes * points.reduce((sum, count) => sum + count, 0));
  const request = writer.beginItem(0x0a);
  const described = writer.beginItem(0x0a);
  writeAttributes(writer, 0x0a, resource.attributes);
  writer.uint(0x10, 0);
  writer.endItem(described);
  for (const scoped of scopeMetrics) writeScopeMetrics(writer, scoped);
  writeText(writer, 0x1a, resource.schemaUrl);
  writer.endItem(request);
  return writer.bytes.subarray(0, writer.position);
}

function writeScopeMetrics(writer: ItemWriter, { scope, metrics }: ScopeMetrics): void {
  const start = writer.beginItem(0x12);
  const named = writer.beginMessage(0x0a);
  writer.string(0x0a, scope.name);
  writeText(writer, 0x12, scope.version);
  writer.endMessage(named);
  for (const metric of metrics) writeMetric(writer, metric);
  writeText(writer, 0x1a, scope.schemaUrl);
  writer.endItem(start);
}

function writeMetric(writer: ItemWriter, metric: MetricData): void {
  const { name, description, unit, valueType } = metric.descriptor;
  const start = writer.beginItem(0x12);
  writer.string(0x0a, name);
  writeText(writer, 0x12, description);
  writeText(writer, 0x1a, unit);
  if (metric.dataPointType === histogramPoints) {
    const data = writer.beginItem(0x4a);
    for (const point of metric.dataPoints) writeHistogram(writer, point);
    writer.uint(0x10, cumulative);
    writer.endItem(data);
  } else if (metric.dataPointType === sumPoints) {
    const data = writer.beginItem(0x3a);
    for (const point of metric.dataPoints) writeNumber(writer, point, valueType);
    writer.uint(0x10, cumulative);
    if (metric.isMonotonic) writer.uint(0x18, 1);
    writer.endItem(data);
  } else if (metric.dataPointType === gaugePoints) {
    const data = writer.beginItem(0x2a);
    for (const point of metric.dataPoints) writeNumber(writer, point, valueType);
    writer.endItem(data);
  }
  writer.endItem(start);
}

function writeNumber(writer: ItemWriter, point: DataPoint<number>, valueType: ValueType): void {
  const start = writer.beginMessage(0x0a);
  writeTimes(writer, point);
  if (valueType === ValueType.INT) writeInteger(writer, 0x31, point.value);
  else writer.double(0x21, point.value);
  writeAttributes(writer, 0x3a, point.attributes);
  writer.endMessage(start);
}

function writeHistogram(writer: ItemWriter, point: DataPoint<Histogram> & Partial<ExemplarPoint>): void {
  const { buckets, count, sum, min, max } = point.value;
  const start = writer.beginItem(0x0a);
  writeTimes(writer, point);
  writeInteger(writer, 0x21, count);
  if (sum !== undefined) writer.double(0x29, sum);
  beginPacked(writer, 0x32, buckets.counts.length);
  for (const one of buckets.counts) writeWords(writer, one);
  if (buckets.boundaries.length > 0) writeBoundaries(writer, buckets.boundaries);
  writeAttributes(writer, 0x4a, point.attributes);
  for (const exemplar of point.exemplars ?? []) writeExemplar(writer, exemplar);
  if (min !== undefined) writer.double(0x59, min);
  if (max !== undefined) writer.double(0x61, max);
  writer.endItem(start);
}

function writeBoundaries(writer: ItemWriter, boundaries: readonly number[]): void {
  beginPacked(writer, 0x3a, boundaries.length);
  for (const boundary of boundaries) {
    writer.view.setFloat64(writer.position, boundary, true);
    writer.position += 8;
  }
}

/** A tag and the length of so many values of 64 bits, with room for them. */
function beginPacked(writer: ItemWriter, tag: number, count: number): void {
  writer.reserve(12 + 8 * count);
  writer.byte(tag);
  writer.varint(8 * count);
}

function writeExemplar(writer: ItemWriter, { timeMs, value, spanId, traceId }: Exemplar): void {
  const start = writer.beginMessage(0x42);
  const whole = Math.round(timeMs);
  writer.nanoseconds(0x11, Math.floor(whole / 1000), (whole % 1000) * 1e6);
  writer.double(0x19, value);
  writer.blob(0x22, Buffer.from(spanId, "hex"));
  writer.blob(0x2a, Buffer.from(traceId, "hex"));
  writer.endMessage(start);
}

function writeTimes(
  writer: ItemWriter,
  { startTime, endTime }: Readonly<Record<"endTime" | "startTime", HrTime>>,
): void {
  writer.nanoseconds(0x11, startTime[0], startTime[1]);
  writer.nanoseconds(0x19, endTime[0], endTime[1]);
}

/** A tag and 64 bits. */
function writeInteger(writer: ItemWriter, tag: number, value: number): void {
  writer.reserve(9);
  writer.byte(tag);
  writeWords(writer, value);
}

/** 64 bits, for which there must be room. A `DataView` takes of a number what 32 bits hold, as two's complement has it. */
function writeWords(writer: ItemWriter, value: number): void {
  writer.view.setUint32(writer.position, value, true);
  writer.view.setUint32(writer.position + 4, Math.floor(value / 4_294_967_296), true);
  writer.position += 8;
}

/** A text, where there is one. */
function writeText(writer: ItemWriter, tag: number, text: string | undefined): void {
  if (text !== undefined && text !== "") writer.string(tag, text);
}
