/** Says which lines may be written, so that a million stages do not become a million lines. */
export interface LineAllowance {
  /** True when a line may be written now. A refused one is counted. */
  take(nowMs: number): boolean;
  /** Lines refused since the last call. */
  refused(): number;
}

/** Lines of a run that are written as they come. */
export const freeLines = 200;
/** Least time between two lines after those. */
export const lineIntervalMs = 1000;

/** An allowance of {@link freeLines} lines at once and one every {@link lineIntervalMs} afterwards. */
export function createLineAllowance(): LineAllowance {
  let taken = 0;
  let refused = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  return {
    take(nowMs) {
      if (taken >= freeLines && nowMs - lastMs < lineIntervalMs) {
        refused += 1;
        return false;
      }
      taken += 1;
      lastMs = nowMs;
      return true;
    },
    refused() {
      const count = refused;
      refused = 0;
      return count;
    },
  };
}
