/** Asked once: it is a getter that costs as much as the clock itself. */
const { timeOrigin } = performance;

/** The time now: Unix milliseconds with fraction, monotonic within the process. */
export function now(): number {
  return timeOrigin + performance.now();
}

/** A Unix time in milliseconds as RFC 3339 in UTC. */
export function rfc3339(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
