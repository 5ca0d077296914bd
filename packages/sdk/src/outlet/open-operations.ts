import { lifecyclePlace } from "@runlight/conventions";

/** Counts the operations that are open as far as the written records tell: what recovery would find open. */
export interface OpenOperations {
  see(eventName: string | undefined): void;
  readonly count: number;
}

/** Begins at none. */
export function createOpenOperations(): OpenOperations {
  let count = 0;
  return {
    see(eventName) {
      const moment = lifecyclePlace(eventName)?.moment;
      if (moment === "started") count++;
      else if (moment === "completed" || moment === "failed") count--;
    },
    get count() {
      return count;
    },
  };
}
