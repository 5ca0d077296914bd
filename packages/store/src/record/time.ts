/** Unix milliseconds with fraction of nanoseconds since the epoch, rounded to the microsecond, which a number can hold. */
export function millisecondsOf(nanoseconds: bigint): number {
  return Number((nanoseconds + 500n) / 1000n) / 1000;
}

/** RFC 3339 in UTC; the epoch for a time that no calendar holds. */
export function rfc3339(timeMs: number): string {
  const time = new Date(timeMs);
  return Number.isNaN(time.getTime()) ? new Date(0).toISOString() : time.toISOString();
}
