/** Relative error of the sketch's quantiles. */
export const sketchError = 0.01;

const growth = (1 + sketchError) / (1 - sketchError);
const logGrowth = Math.log(growth);
/** Durations below a nanosecond count as one. */
const least = 1e-9;

/**
 * Quantiles of durations in bounded memory: counts in buckets that grow by a constant factor, so that a quantile is right within
 * {@link sketchError} of its value (Masson, Rim, Lee: DDSketch, VLDB 2019). From 1 ns to a year that is at most 2,000 buckets.
 */
export interface DurationSketch {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  /** Takes a duration in seconds, 0 or more. */
  add(seconds: number): void;
  /** The `q`-quantile in seconds, `q` from 0 to 1; 0 when nothing was added. */
  quantile(q: number): number;
}

/** Creates an empty sketch. */
export function createDurationSketch(): DurationSketch {
  const buckets = new Map<number, number>();
  const totals = { count: 0, sum: 0, min: Number.POSITIVE_INFINITY, max: 0 };
  return {
    get count() {
      return totals.count;
    },
    get sum() {
      return totals.sum;
    },
    get min() {
      return totals.count === 0 ? 0 : totals.min;
    },
    get max() {
      return totals.max;
    },
    add(seconds) {
      const bucket = Math.ceil(Math.log(Math.max(least, seconds)) / logGrowth);
      buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
      totals.count += 1;
      totals.sum += seconds;
      totals.min = Math.min(totals.min, seconds);
      totals.max = Math.max(totals.max, seconds);
    },
    quantile(q) {
      if (totals.count === 0) return 0;
      let rank = q * (totals.count - 1);
      for (const bucket of [...buckets.keys()].sort((a, b) => a - b)) {
        rank -= buckets.get(bucket) ?? 0;
        if (rank < 0) return Math.min(totals.max, Math.max(totals.min, (2 * growth ** bucket) / (growth + 1)));
      }
      return totals.max;
    },
  };
}
