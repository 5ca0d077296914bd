import { setImmediate } from "node:timers/promises";

/** The event loop goes on once a collection has held it for so long. What is under way then, a part or what one meter's callbacks do, is ended first. */
const sliceMs = 0.5;

/** Tells when the event loop was held long enough, and lets it go on. */
export interface Pause {
  readonly isDue: boolean;
  take(): Promise<void>;
}

/** Begins to hold the event loop. */
export function createPause(): Pause {
  let sinceMs = performance.now();
  return {
    get isDue() {
      return performance.now() - sinceMs >= sliceMs;
    },
    async take() {
      await setImmediate();
      sinceMs = performance.now();
    },
  };
}
