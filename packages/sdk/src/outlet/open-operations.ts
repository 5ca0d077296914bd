import {
  EVENT_PIPELINE_COMPLETED,
  EVENT_PIPELINE_FAILED,
  EVENT_PIPELINE_STARTED,
  EVENT_STAGE_COMPLETED,
  EVENT_STAGE_FAILED,
  EVENT_STAGE_STARTED,
  EVENT_WORKFLOW_COMPLETED,
  EVENT_WORKFLOW_FAILED,
  EVENT_WORKFLOW_STARTED,
} from "@runlight/conventions/names";

const starts: ReadonlySet<string | undefined> = new Set([
  EVENT_WORKFLOW_STARTED,
  EVENT_STAGE_STARTED,
  EVENT_PIPELINE_STARTED,
]);

const ends: ReadonlySet<string | undefined> = new Set([
  EVENT_WORKFLOW_COMPLETED,
  EVENT_WORKFLOW_FAILED,
  EVENT_STAGE_COMPLETED,
  EVENT_STAGE_FAILED,
  EVENT_PIPELINE_COMPLETED,
  EVENT_PIPELINE_FAILED,
]);

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
      if (starts.has(eventName)) count++;
      else if (ends.has(eventName)) count--;
    },
    get count() {
      return count;
    },
  };
}
