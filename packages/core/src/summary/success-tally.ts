import type { SuccessRate } from "./run-summary.ts";

/** Counts what ended, and how much of it did not end well. */
export interface SuccessTally {
  add(count: number, failed: number): void;
  rate(): SuccessRate;
}

/** Begins with none. */
export function createSuccessTally(): SuccessTally {
  let count = 0;
  let failed = 0;
  return {
    add(more, moreFailed) {
      count += more;
      failed += moreFailed;
    },
    rate: () => ({ count, failed, rate: count === 0 ? undefined : (count - failed) / count }),
  };
}
