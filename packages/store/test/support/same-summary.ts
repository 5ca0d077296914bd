import { expect } from "vitest";

/**
 * Expects two summaries to be the same: every key, text and count; times to the millisecond, durations to ten microseconds.
 *
 * A record keeps nanoseconds, a live run a binary fraction of milliseconds: the last digits of what is derived from them differ.
 */
export function expectSameSummary(actual: unknown, expected: unknown): void {
  expect(rounded(actual, expected)).toStrictEqual(expected);
}

// The actual value with the expected one wherever both are the same within the precision.
function rounded(actual: unknown, expected: unknown): unknown {
  if (typeof actual === "number" && typeof expected === "number") {
    return Math.abs(actual - expected) <= Math.max(1e-5, 1e-3 * Math.abs(expected)) && !Number.isInteger(expected)
      ? expected
      : actual;
  }
  if (typeof actual === "string" && typeof expected === "string") {
    return Math.abs(Date.parse(actual) - Date.parse(expected)) <= 1 ? expected : actual;
  }
  if (Array.isArray(actual) && Array.isArray(expected))
    return actual.map((item, index) => rounded(item, expected[index]));
  if (typeof actual !== "object" || actual === null || typeof expected !== "object" || expected === null) return actual;
  return Object.fromEntries(
    Object.entries(actual).map(([key, value]) => [
      key,
      rounded(value, (expected as Readonly<Record<string, unknown>>)[key]),
    ]),
  );
}
