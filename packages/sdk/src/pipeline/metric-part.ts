import type { MetricData, ResourceMetrics, ScopeMetrics } from "@opentelemetry/sdk-metrics";

/** Most points of a part, and of a request: to make them, to take their secrets out and to encode them takes about half a millisecond. */
export const maxPartPoints = 128;

/**
 * Some points of one instrument, and whose they are. They are to be encoded before the event loop goes on: a histogram's buckets are those that
 * the next value is counted in.
 */
export interface MetricPart {
  readonly resource: ResourceMetrics["resource"];
  readonly scope: ScopeMetrics["scope"];
  readonly metric: MetricData;
}

/** A point of any instrument. */
export type MetricPoint = MetricData["dataPoints"][number];

/** A number that is another one whenever a point tells something else: every value counts in a histogram, or changes what a sum or a gauge is. */
export function amountOf({ value }: Pick<MetricPoint, "value">): number {
  return typeof value === "number" ? value : value.count;
}

/** A number that changes whenever a value of a histogram is counted in the points, or added to a counter. */
export function amountOfAll(points: readonly MetricPoint[]): number {
  return points.reduce((sum, point) => sum + amountOf(point), 0);
}

/** The same metric with other points. */
export function withPoints(metric: MetricData, dataPoints: readonly MetricPoint[]): MetricData {
  // The points of one metric have one type; the compiler cannot see that through the union.
  return { ...metric, dataPoints } as MetricData;
}
