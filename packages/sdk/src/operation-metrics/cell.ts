import type { SpanContext } from "@opentelemetry/api";

/** A measured value that leads to the span it was measured in. Source: OTLP `Exemplar`. */
export interface Exemplar {
  readonly value: number;
  /** Unix time in milliseconds. */
  readonly timeMs: number;
  readonly traceId: string;
  readonly spanId: string;
}

/** One series of a sum: what was added since it began. */
export interface SumCell {
  readonly startTimeMs: number;
  value: number;
}

/** One series of a histogram, with the last sampled value of each bucket as its exemplar. */
export interface HistogramCell {
  readonly startTimeMs: number;
  readonly boundaries: readonly number[];
  /** One more than boundaries. */
  readonly counts: number[];
  readonly exemplars: (Exemplar | undefined)[];
  count: number;
  sum: number;
  min: number;
  max: number;
}

/** A histogram without values. */
export function createHistogramCell(boundaries: readonly number[], startTimeMs: number): HistogramCell {
  const buckets = boundaries.length + 1;
  return {
    startTimeMs,
    boundaries,
    counts: Array.from({ length: buckets }, () => 0),
    exemplars: Array.from({ length: buckets }),
    count: 0,
    sum: 0,
    min: Number.POSITIVE_INFINITY,
    max: Number.NEGATIVE_INFINITY,
  };
}

/** Takes a value of 0 or more; budget 100 ns. A bucket's upper bound belongs to it. */
export function recordInHistogram(
  cell: HistogramCell,
  value: number,
  timeMs: number,
  span: SpanContext | undefined,
): void {
  let bucket = 0;
  const { boundaries } = cell;
  while (bucket < boundaries.length && value > (boundaries[bucket] as number)) bucket += 1;
  cell.counts[bucket] = (cell.counts[bucket] as number) + 1;
  cell.count += 1;
  cell.sum += value;
  if (value < cell.min) cell.min = value;
  if (value > cell.max) cell.max = value;
  if (span !== undefined) cell.exemplars[bucket] = { value, timeMs, traceId: span.traceId, spanId: span.spanId };
}
