import type { CheckOutcome } from "@runlight/conventions/names";

/** Where a value should lie. */
export interface QualityBounds {
  /** Lowest value that passes; below it the check fails. */
  readonly min?: number;
  /** Highest value that passes; above it the check fails. */
  readonly max?: number;
  /** Below it, down to `min`, the check warns. */
  readonly warnBelow?: number;
  /** Above it, up to `max`, the check warns. */
  readonly warnAbove?: number;
}

/** What a value is worth, and why where it does not pass. */
export interface Judgement {
  readonly outcome: CheckOutcome;
  readonly reason: string | undefined;
}

/** Judges a value; what is not finite fails, as does everything against a bound that is no number. */
export function judgeValue(value: number, bounds: QualityBounds): Judgement {
  const { min, max, warnBelow, warnAbove } = bounds;
  if (!Number.isFinite(value)) return { outcome: "failure", reason: "is not a finite number" };
  if (min !== undefined && !(value >= min)) return { outcome: "failure", reason: `must be at least ${min}` };
  if (max !== undefined && !(value <= max)) return { outcome: "failure", reason: `must be at most ${max}` };
  if (warnBelow !== undefined && !(value >= warnBelow))
    return { outcome: "warning", reason: `should be at least ${warnBelow}` };
  if (warnAbove !== undefined && !(value <= warnAbove))
    return { outcome: "warning", reason: `should be at most ${warnAbove}` };
  return { outcome: "pass", reason: undefined };
}
