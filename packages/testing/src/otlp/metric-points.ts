import {
  optionalNumber,
  plainAttributes,
  plainId,
  plainInteger,
  plainResource,
  plainScope,
  plainTime,
} from "./values.ts";
import type { PlainAttributes, PlainScope } from "./values.ts";
import type {
  WireDataPoint,
  WireExemplar,
  WireExponentialBuckets,
  WireMetric,
  WireMetricData,
  WireMetricsRequest,
} from "./wire.ts";

/** What a metric's points are. */
export type MetricKind = "exponential_histogram" | "gauge" | "histogram" | "sum" | "summary";

/** One data point as it arrived, with its metric, scope and resource; times in nanoseconds since 1970. */
export interface ReceivedMetricPoint {
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  readonly kind: MetricKind;
  readonly temporality: "cumulative" | "delta" | "unspecified";
  /** True on a counter. */
  readonly monotonic: boolean;
  readonly attributes: PlainAttributes;
  readonly startTimeUnixNano: bigint;
  readonly timeUnixNano: bigint;
  /** Of a gauge or sum. */
  readonly value: bigint | number | undefined;
  /** Of a histogram or summary, as are the following. */
  readonly count: number | undefined;
  readonly sum: number | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly bucketCounts: readonly number[];
  readonly explicitBounds: readonly number[];
  readonly exponential: ReceivedExponential | undefined;
  readonly quantiles: readonly { readonly quantile: number; readonly value: number }[];
  readonly exemplars: readonly ReceivedExemplar[];
  readonly flags: number;
  readonly scope: PlainScope;
  readonly resource: PlainAttributes;
}

/** The buckets of an exponential histogram. */
export interface ReceivedExponential {
  readonly scale: number;
  readonly zeroCount: number;
  readonly positive: { readonly offset: number; readonly bucketCounts: readonly number[] };
  readonly negative: { readonly offset: number; readonly bucketCounts: readonly number[] };
}

/** One measurement kept beside a point. */
export interface ReceivedExemplar {
  readonly traceId: string;
  readonly spanId: string;
  readonly timeUnixNano: bigint;
  readonly value: bigint | number | undefined;
  readonly filteredAttributes: PlainAttributes;
}

/** The data points of a request, in its order. */
export function flattenMetricPoints(request: WireMetricsRequest): ReceivedMetricPoint[] {
  return (request.resourceMetrics ?? []).flatMap((group) =>
    (group.scopeMetrics ?? []).flatMap((part) =>
      (part.metrics ?? []).flatMap((metric) => points(metric, plainScope(part.scope), plainResource(group.resource))),
    ),
  );
}

const temporalities = ["unspecified", "delta", "cumulative"] as const;

function points(metric: WireMetric, scope: PlainScope, resource: PlainAttributes): ReceivedMetricPoint[] {
  const { kind, data } = dataOf(metric);
  return (data.dataPoints ?? []).map((point) => ({
    name: metric.name ?? "",
    unit: metric.unit ?? "",
    description: metric.description ?? "",
    kind,
    temporality: temporalities[data.aggregationTemporality ?? 0] ?? "unspecified",
    monotonic: data.isMonotonic ?? false,
    attributes: plainAttributes(point.attributes),
    startTimeUnixNano: plainTime(point.startTimeUnixNano),
    timeUnixNano: plainTime(point.timeUnixNano),
    value: valueOf(point),
    count: optionalNumber(point.count),
    sum: optionalNumber(point.sum),
    min: optionalNumber(point.min),
    max: optionalNumber(point.max),
    bucketCounts: (point.bucketCounts ?? []).map(Number),
    explicitBounds: point.explicitBounds ?? [],
    exponential: kind === "exponential_histogram" ? exponential(point) : undefined,
    quantiles: (point.quantileValues ?? []).map(({ quantile = 0, value = 0 }) => ({ quantile, value })),
    exemplars: (point.exemplars ?? []).map(exemplar),
    flags: point.flags ?? 0,
    scope,
    resource,
  }));
}

function dataOf(metric: WireMetric): { readonly kind: MetricKind; readonly data: WireMetricData } {
  if (metric.gauge !== undefined) return { kind: "gauge", data: metric.gauge };
  if (metric.sum !== undefined) return { kind: "sum", data: metric.sum };
  if (metric.histogram !== undefined) return { kind: "histogram", data: metric.histogram };
  if (metric.exponentialHistogram !== undefined)
    return { kind: "exponential_histogram", data: metric.exponentialHistogram };
  if (metric.summary !== undefined) return { kind: "summary", data: metric.summary };
  throw new SyntaxError(`Cannot read metrics: ${metric.name ?? "a metric"} must have data points`);
}

function valueOf(point: WireDataPoint | WireExemplar): bigint | number | undefined {
  if (point.asInt !== undefined) return plainInteger(point.asInt);
  return optionalNumber(point.asDouble);
}

function exponential(point: WireDataPoint): ReceivedExponential {
  return {
    scale: point.scale ?? 0,
    zeroCount: Number(point.zeroCount ?? 0),
    positive: buckets(point.positive),
    negative: buckets(point.negative),
  };
}

function buckets(part: WireExponentialBuckets | undefined): ReceivedExponential["positive"] {
  return { offset: part?.offset ?? 0, bucketCounts: (part?.bucketCounts ?? []).map(Number) };
}

function exemplar(part: WireExemplar): ReceivedExemplar {
  return {
    traceId: plainId(part.traceId),
    spanId: plainId(part.spanId),
    timeUnixNano: plainTime(part.timeUnixNano),
    value: valueOf(part),
    filteredAttributes: plainAttributes(part.filteredAttributes),
  };
}
