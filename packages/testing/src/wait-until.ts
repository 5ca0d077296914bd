import { setTimeout as delay } from "node:timers/promises";

/** How long and how often `waitUntil` looks. */
export interface WaitUntilOptions {
  /** Default 60,000: below the time a test has, and enough to start processes on a busy machine. */
  readonly timeoutMs?: number;
  /** Default 10. */
  readonly intervalMs?: number;
}

/**
 * Resolves with the first truthy value of `condition`; for what offers no event to await.
 *
 * @throws Error after `timeoutMs`, with the condition's source.
 */
export async function waitUntil<Value>(
  condition: () => Promise<Value> | Value,
  options: WaitUntilOptions = {},
): Promise<NonNullable<Value>> {
  const { timeoutMs = 60_000, intervalMs = 10 } = options;
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (performance.now() >= deadline) throw new Error(`Not so within ${timeoutMs} ms: ${String(condition)}`);
    await delay(intervalMs);
  }
}
