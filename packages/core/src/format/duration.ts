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
  if (seconds < 0.999_5) return short(seconds * 1000);
  if (seconds < minute - 0.05) return `${seconds.toFixed(1)} s`;
  if (seconds < hour - 0.5) return pair(Math.round(seconds), minute, "min", "s");
  if (seconds < day - minute / 2) return pair(Math.round(seconds / minute), 60, "h", "min");
  return pair(Math.round(seconds / hour), 24, "d", "h");
}

/* Hot path: each stage that ends tells how long it took, and most take less than a second. There are 2,000 such texts, each made once. */
const microseconds: string[] = [];
const tenths: string[] = [];
const milliseconds: string[] = [];

function short(ms: number): string {
  if (ms < 0.999_5) return (microseconds[Math.round(ms * 1000)] ??= `${Math.round(ms * 1000)} µs`);
  if (ms < 9.95) return (tenths[Math.round(ms * 10)] ??= `${(Math.round(ms * 10) / 10).toFixed(1)} ms`);
  return (milliseconds[Math.round(ms)] ??= `${Math.round(ms)} ms`);
}

function pair(count: number, size: number, large: string, small: string): string {
  return `${Math.floor(count / size)} ${large} ${String(count % size).padStart(2, "0")} ${small}`;
}
