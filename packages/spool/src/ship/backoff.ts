import type { RetrySettings } from "./retry-settings.ts";

/** No receiver is obeyed for longer than this when it asks to wait. */
const maxRetryAfterMs = 10 * 60 * 1000;

/** How long to wait before the next attempt, in milliseconds. `failures`: failed attempts in a row, from 1. Half of it is chance, so that many processes do not come back at once. */
export function backoffMs(
  failures: number,
  { initialDelayMs, maxDelayMs }: RetrySettings,
  random: () => number = Math.random,
): number {
  const bound = Math.min(maxDelayMs, initialDelayMs * 2 ** Math.min(failures - 1, 30));
  return bound / 2 + (random() * bound) / 2;
}

/** What a `Retry-After` header asks for, in milliseconds, at most ten minutes. Undefined where it is none. Source: RFC 9110, 10.2.3. */
export function parseRetryAfter(header: string | undefined, nowMs: number = Date.now()): number | undefined {
  if (header === undefined || header.trim() === "") return undefined;
  const waitMs = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - nowMs;
  return Number.isNaN(waitMs) ? undefined : Math.min(maxRetryAfterMs, Math.max(0, waitMs));
}
