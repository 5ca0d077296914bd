/** Asked once: it is a getter that costs as much as the clock itself. */
const { timeOrigin } = performance;

/** The time now: Unix milliseconds to the microsecond, as a record read back tells it; monotonic within the process. */
export function now(): number {
  return Math.round((timeOrigin + performance.now()) * 1000) / 1000;
}

/** A Unix time in milliseconds as RFC 3339 in UTC. */
export function rfc3339(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
