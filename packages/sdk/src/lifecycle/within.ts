/**
 * Waits for a promise, but not longer than a bound. Never rejects. The timer keeps the process alive, so that the end of
 * a process can wait for it.
 *
 * @returns true when the promise was fulfilled in time
 */
export async function within(timeoutMs: number, promise: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, timeoutMs), false);
  });
  try {
    return await Promise.race([
      promise.then(
        () => true,
        () => false,
      ),
      timeout,
    ]);
  } finally {
    clearTimeout(timer);
  }
}

/** Time left of a bound that is shared by several steps. */
export interface Deadline {
  remainingMs(): number;
}

/** A deadline `timeoutMs` from now. */
export function deadlineIn(timeoutMs: number): Deadline {
  const end = performance.now() + timeoutMs;
  return { remainingMs: () => Math.max(0, end - performance.now()) };
}
