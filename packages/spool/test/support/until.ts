import { setTimeout as delay } from "node:timers/promises";

/** Waits until `condition` holds; fails the test when it does not within `timeoutMs`. */
export async function until(condition: () => boolean | Promise<boolean>, timeoutMs = 60_000): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`the condition did not hold within ${timeoutMs} ms`);
    await delay(2);
  }
}
