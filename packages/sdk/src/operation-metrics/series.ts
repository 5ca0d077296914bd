import type { Attributes } from "@opentelemetry/api";
import type { MetricEntry } from "@runlight/conventions";
import type { MetricAttributes } from "@runlight/conventions/names";
import { createHistogramCell } from "./cell.ts";
import type { HistogramCell, SumCell } from "./cell.ts";
import { createSeriesIndex } from "./series-index.ts";

/** Most series of one metric; what comes beyond is one series marked `otel.metric.overflow`. Source: metrics SDK specification, cardinality limits. */
export const maxSeries = 2000;

/** Orders and kinds of attributes by which series are found without making a key; others are found by their key. */
const maxWays = 4 * maxSeries;

/** One series: its attributes and its cell. */
export type Series =
  | { readonly attributes: Attributes; readonly kind: "histogram"; readonly cell: HistogramCell }
  | { readonly attributes: Attributes; readonly kind: "sum"; readonly cell: SumCell };

/** All series of one metric. */
export interface MetricSeries {
  readonly entry: MetricEntry;
  /** The series with these attributes, begun when it is new. */
  at(attributes: MetricAttributes): Series;
  readonly all: Iterable<Series>;
}

/** Creates a metric without series. */
export function createMetricSeries(entry: MetricEntry): MetricSeries {
  const series = new Map<string, Series>();
  const index = createSeriesIndex<Series>(maxWays);

  function begin(attributes: Attributes, startTimeMs: number): Series {
    if (entry.instrument === "histogram")
      return { attributes, kind: "histogram", cell: createHistogramCell(entry.buckets ?? [], startTimeMs) };
    return { attributes, kind: "sum", cell: { startTimeMs, value: 0 } };
  }

  function atKey(attributes: MetricAttributes): Series {
    let key = keyOf(attributes);
    let found = series.get(key);
    const overflow = found === undefined && series.size >= maxSeries;
    if (overflow) found = series.get((key = ""));
    if (found === undefined) {
      // A series begins before its first point, so that a backend that knows start times sees the first increase.
      found = begin(overflow ? { "otel.metric.overflow": true } : { ...attributes }, Date.now() - 1);
      series.set(key, found);
    }
    if (!overflow) index.add(attributes, found);
    return found;
  }

  return {
    entry,
    at: (attributes) => index.find(attributes) ?? atKey(attributes),
    all: { [Symbol.iterator]: () => series.values() },
  };
}

/** The same for the same attributes in another order. */
function keyOf(attributes: MetricAttributes): string {
  const parts = Object.entries(attributes).map(([name, value]) => [name, typeof value, String(value)]);
  return JSON.stringify(parts.toSorted(([one = ""], [other = ""]) => (one < other ? -1 : 1)));
}
