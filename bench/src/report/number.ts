import type { Spread } from "../measure/spread.ts";

/** A number with `digits` decimals, thousands parted by commas. */
export function formatNumber(value: number, digits = 2): string {
  return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** The median, and in brackets the smallest and the largest value. */
export function formatSpread({ min, median, max }: Spread, digits = 2): string {
  return `${formatNumber(median, digits)} (${formatNumber(min, digits)}–${formatNumber(max, digits)})`;
}

/** Decimals that a value of this size is worth. */
export function digitsFor(value: number): number {
  const size = Math.abs(value);
  if (size >= 100) return 0;
  return size >= 10 ? 1 : 2;
}
