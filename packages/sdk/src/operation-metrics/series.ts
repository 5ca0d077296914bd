import type { Attributes } from "@opentelemetry/api";
import type { MetricEntry } from "@runlight/conventions";
import type { MetricAttributes } from "@runlight/conventions/names";
import { createHistogramCell } from "./cell.ts";
import type { HistogramCell, SumCell } from "./cell.ts";

/** Most series of one metric; what comes beyond is one series marked `otel.metric.overflow`. Source: metrics SDK specification, cardinality limits. */
export const maxSeries = 2000;

/** One series: its attributes and its cell. */
export type Series =
  | { readonly attributes: Attributes; readonly kind: "histogram"; readonly cell: HistogramCell }
  | { readonly attributes: Attributes; readonly kind: "sum"; readonly cell: SumCell };

/** All series of one metric. */
export interface MetricSeries {
  readonly entry: MetricEntry;
  /** The series with these attributes, begun when it is new. */
  at(attributes: MetricAttributes, timeMs: number): Series;
  readonly all: Iterable<Series>;
}

/** Creates a metric without series. */
export function createMetricSeries(entry: MetricEntry): MetricSeries {
  const series = new Map<string, Series>();

  function begin(attributes: Attributes, startTimeMs: number): Series {
    if (entry.instrument === "histogram")
      return { attributes, kind: "histogram", cell: createHistogramCell(entry.buckets ?? [], startTimeMs) };
    return { attributes, kind: "sum", cell: { startTimeMs, value: 0 } };
  }

  return {
    entry,
    at(attributes, timeMs) {
      let key = keyOf(attributes);
      let found = series.get(key);
      if (found !== undefined) return found;
      const overflow = series.size >= maxSeries;
      if (overflow) found = series.get((key = ""));
      if (found === undefined) {
        found = begin(overflow ? { "otel.metric.overflow": true } : { ...attributes }, timeMs);
        series.set(key, found);
      }
      return found;
    },
    all: { [Symbol.iterator]: () => series.values() },
  };
}

/** Operations give their attributes always in the same order, so the order need not be normalised. */
function keyOf(attributes: MetricAttributes): string {
  let key = "";
  for (const name in attributes) key += `${name}\u0000${String(attributes[name as keyof MetricAttributes])}\u0001`;
  return key;
}
