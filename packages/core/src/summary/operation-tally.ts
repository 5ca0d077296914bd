import {
  ATTR_RUNLIGHT_ITEMS_PROCESSED,
  ATTR_RUNLIGHT_ITEMS_UNIT,
  ATTR_RUNLIGHT_MEMORY_END,
  ATTR_RUNLIGHT_OPERATION_NAME,
} from "@runlight/conventions/names";
import type { EndedOperations } from "./ended-operations.ts";
import type { StageSummary } from "./run-summary.ts";
import { numberAt, peakMemoryAt, textAt } from "./summary-event.ts";

/** Sums what ended by name. */
export interface OperationTally {
  add(ended: EndedOperations): void;
  /** In the order the names first ended. */
  list(runSeconds: number): readonly StageSummary[];
}

/** Creates the sums of one kind of operation. */
export function createOperationTally(): OperationTally {
  const names = new Map<string, StageSummary>();
  return {
    add({ event, count, failed, durationSeconds, selfSeconds, startMemoryBytes }) {
      const name = textAt(event, ATTR_RUNLIGHT_OPERATION_NAME) ?? "";
      const so = names.get(name);
      const peak = peakMemoryAt(event);
      names.set(name, {
        name,
        count: (so?.count ?? 0) + count,
        failed: (so?.failed ?? 0) + failed,
        durationSeconds: (so?.durationSeconds ?? 0) + durationSeconds,
        selfSeconds: (so?.selfSeconds ?? 0) + selfSeconds,
        share: 0,
        items: (so?.items ?? 0) + (numberAt(event, ATTR_RUNLIGHT_ITEMS_PROCESSED) ?? 0),
        itemsUnit: so?.itemsUnit ?? textAt(event, ATTR_RUNLIGHT_ITEMS_UNIT),
        itemsPerSecond: 0,
        startMemoryBytes: so === undefined ? startMemoryBytes : so.startMemoryBytes,
        endMemoryBytes: numberAt(event, ATTR_RUNLIGHT_MEMORY_END) ?? so?.endMemoryBytes,
        peakMemoryBytes: peak === undefined ? so?.peakMemoryBytes : Math.max(peak, so?.peakMemoryBytes ?? 0),
      });
    },
    list: (runSeconds) =>
      [...names.values()].map((sums) => ({
        ...sums,
        share: runSeconds > 0 ? Math.min(1, sums.durationSeconds / runSeconds) : 0,
        itemsPerSecond: sums.durationSeconds > 0 ? sums.items / sums.durationSeconds : 0,
      })),
  };
}
