/** Middle and spread of a sample, unmoved by a few that are far off. */
export interface RobustSpread {
  readonly median: number;
  /** Standard deviation as the median absolute deviation tells it (times 1.4826, which makes both equal for a normal distribution). */
  readonly deviation: number;
}

/** Source: P. J. Rousseeuw, C. Croux, "Alternatives to the median absolute deviation", JASA 88 (1993). `undefined` for an empty sample. */
export function robustSpread(sample: readonly number[]): RobustSpread | undefined {
  const middle = median(sample);
  if (middle === undefined) return undefined;
  const deviation = median(sample.map((value) => Math.abs(value - middle))) ?? 0;
  return { median: middle, deviation: 1.4826 * deviation };
}

function median(sample: readonly number[]): number | undefined {
  const sorted = sample.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}
