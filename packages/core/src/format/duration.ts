const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * A duration as people read it: `850 ms`, `12.4 s`, `3 min 05 s`, `2 h 05 min`, `3 d 04 h`.
 *
 * Rounds to the precision shown, so 59.96 s is `1 min 00 s`. Negative and non-finite values give `-`.
 * @param seconds Duration in seconds.
 */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return "-";
  if (seconds < 0.000_999_5) return `${Math.round(seconds * 1_000_000)} µs`;
  if (seconds < 0.999_5) return `${significant(seconds * 1000)} ms`;
  if (seconds < minute - 0.05) return `${seconds.toFixed(1)} s`;
  if (seconds < hour - 0.5) return pair(Math.round(seconds), minute, "min", "s");
  if (seconds < day - minute / 2) return pair(Math.round(seconds / minute), 60, "h", "min");
  return pair(Math.round(seconds / hour), 24, "d", "h");
}

function significant(milliseconds: number): string {
  return milliseconds < 9.95 ? milliseconds.toFixed(1) : String(Math.round(milliseconds));
}

function pair(count: number, size: number, large: string, small: string): string {
  return `${Math.floor(count / size)} ${large} ${String(count % size).padStart(2, "0")} ${small}`;
}
