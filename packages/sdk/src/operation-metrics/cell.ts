import { hexWord, wordOf } from "../identity.ts";

/** A measured value that leads to the span it was measured in. Source: OTLP `Exemplar`. */
export interface Exemplar {
  readonly value: number;
  /** Unix time in milliseconds. */
  readonly timeMs: number;
  readonly traceId: string;
  readonly spanId: string;
}

/** The ids of a span as numbers, whose text is made when it is asked for. */
export interface ExemplarSpan {
  readonly traceId: { readonly hex: string };
  readonly idHigh: number;
  readonly idLow: number;
}

/** The last sampled value of a bucket, overwritten in place. */
export interface ExemplarCell {
  value: number;
  timeMs: number;
  traceId: { readonly hex: string };
  idHigh: number;
  idLow: number;
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
  readonly exemplars: (ExemplarCell | undefined)[];
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
  span: ExemplarSpan | undefined,
): void {
  let bucket = 0;
  const { boundaries } = cell;
  while (bucket < boundaries.length && value > (boundaries[bucket] as number)) bucket += 1;
  cell.counts[bucket] = (cell.counts[bucket] as number) + 1;
  cell.count += 1;
  cell.sum += value;
  if (value < cell.min) cell.min = value;
  if (value > cell.max) cell.max = value;
  if (span === undefined) return;
  const exemplar = cell.exemplars[bucket];
  if (exemplar === undefined) {
    const { traceId, idHigh, idLow } = span;
    cell.exemplars[bucket] = { value, timeMs, traceId, idHigh, idLow };
    return;
  }
  exemplar.value = value;
  exemplar.timeMs = timeMs;
  exemplar.traceId = span.traceId;
  exemplar.idHigh = span.idHigh;
  exemplar.idLow = span.idLow;
}

/** An exemplar as it stands now. */
export function exemplarOf({ value, timeMs, traceId, idHigh, idLow }: ExemplarCell): Exemplar {
  return { value, timeMs, traceId: traceId.hex, spanId: hexWord(idHigh) + hexWord(idLow) };
}

/** Ids in hexadecimal digits as numbers. */
export function exemplarSpan({ traceId, spanId }: Readonly<Record<"spanId" | "traceId", string>>): ExemplarSpan {
  return { traceId: { hex: traceId }, idHigh: wordOf(spanId, 0), idLow: wordOf(spanId, 8) };
}
