import type { MetricData, ResourceMetrics } from "@opentelemetry/sdk-metrics";
import { maxPartPoints, withPoints } from "./metric-part.ts";
import type { MetricPart } from "./metric-part.ts";

/** Metrics on their way into requests of at most {@link maxPartPoints} points, small enough to be written between two turns of the event loop. */
export interface MetricRequests {
  /** Takes points, and writes each request that is full with them or that nothing more is added to. */
  add(part: MetricPart): void;
  /** Writes what is left. Nothing may be left when the event loop goes on: the points would tell what came meanwhile. */
  writeRest(): void;
}

/** Makes requests without metrics. */
export function createMetricRequests(write: (request: ResourceMetrics) => void): MetricRequests {
  let open: { readonly request: ResourceMetrics; readonly metrics: MetricData[]; points: number } | undefined;

  function writeRest(): void {
    const request = open?.request;
    open = undefined;
    if (request !== undefined) write(request);
  }

  function roomFor({ resource, scope }: MetricPart): NonNullable<typeof open> {
    const isSame = open?.request.resource === resource && open.request.scopeMetrics[0]?.scope === scope;
    if (!isSame) writeRest();
    if (open === undefined) {
      const metrics: MetricData[] = [];
      open = { request: { resource, scopeMetrics: [{ scope, metrics }] }, metrics, points: 0 };
    }
    return open;
  }

  return {
    add(part) {
      const { metric } = part;
      for (let from = 0; from < metric.dataPoints.length;) {
        const room = roomFor(part);
        const dataPoints = metric.dataPoints.slice(from, from + maxPartPoints - room.points);
        room.metrics.push(withPoints(metric, dataPoints));
        room.points += dataPoints.length;
        from += dataPoints.length;
        if (room.points === maxPartPoints) writeRest();
      }
    },
    writeRest,
  };
}
