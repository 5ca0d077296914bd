// `Intl` would do both, and takes 20 ms to load.
const thousands = /\B(?=(?:\d{3})+$)/gu;

/**
 * A count as people read it: digits in groups of three, `3,000,000`; below 100 with up to three significant digits, `12.5`.
 *
 * Non-finite values give `-`.
 */
export function formatCount(count: number): string {
  if (!Number.isFinite(count)) return "-";
  return Math.abs(count) < 99.95
    ? String(Number(count.toPrecision(3)))
    : Math.round(count).toString().replaceAll(thousands, ",");
}

/**
 * A share as people read it: `43%`, `0.4%` below one per cent, `0%`.
 *
 * Non-finite values give `-`.
 * @param share Part of the whole, 0 to 1.
 */
export function formatShare(share: number): string {
  if (!Number.isFinite(share)) return "-";
  const percent = share * 100;
  if (percent > 0 && percent < 0.05) return "<0.1%";
  return percent > 0 && percent < 0.95 ? `${percent.toFixed(1)}%` : `${Math.round(percent)}%`;
}
