import type { MetricData, ResourceMetrics, ScopeMetrics } from "@opentelemetry/sdk-metrics";

/** Most points of one request: to take their secrets out and to encode them takes about half a millisecond. */
export const maxRequestPoints = 256;

/** Metrics on their way into requests that are small enough to be written between two turns of the event loop. */
export interface MetricRequests {
  /** Takes a metric; one with many points is parted. */
  add(resource: ResourceMetrics["resource"], scope: ScopeMetrics["scope"], metric: MetricData): void;
  /** Writes the oldest request that is full, or that nothing more is added to; false when there is none. */
  writeFull(): boolean;
  /** Writes what is there. */
  writeAll(): void;
}

/** Makes requests without metrics. What is added waits until it is written; no more should be added while `writeFull()` gives true. */
export function createMetricRequests(write: (request: ResourceMetrics) => void): MetricRequests {
  const full: ResourceMetrics[] = [];
  let open: { readonly request: ResourceMetrics; readonly metrics: MetricData[]; points: number } | undefined;

  function close(): void {
    if (open !== undefined) full.push(open.request);
    open = undefined;
  }

  function roomFor(resource: ResourceMetrics["resource"], scope: ScopeMetrics["scope"]): NonNullable<typeof open> {
    const isSame = open?.request.resource === resource && open.request.scopeMetrics[0]?.scope === scope;
    if (!isSame || (open?.points ?? 0) >= maxRequestPoints) close();
    if (open === undefined) {
      const metrics: MetricData[] = [];
      open = { request: { resource, scopeMetrics: [{ scope, metrics }] }, metrics, points: 0 };
    }
    return open;
  }

  return {
    add(resource, scope, metric) {
      for (let from = 0; from < metric.dataPoints.length;) {
        const room = roomFor(resource, scope);
        const dataPoints = metric.dataPoints.slice(from, from + maxRequestPoints - room.points);
        // The points of one metric have one type; the compiler cannot see that through the union.
        room.metrics.push({ ...metric, dataPoints } as MetricData);
        room.points += dataPoints.length;
        from += dataPoints.length;
      }
    },
    writeFull() {
      const request = full.shift();
      if (request !== undefined) write(request);
      return request !== undefined;
    },
    writeAll() {
      close();
      for (const request of full.splice(0)) write(request);
    },
  };
}
