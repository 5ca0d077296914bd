import {
  ATTR_RUNLIGHT_ITEMS_PROCESSED,
  ATTR_RUNLIGHT_ITEMS_UNIT,
  ATTR_RUNLIGHT_OPERATION_DURATION,
  ATTR_RUNLIGHT_OPERATION_NAME,
  ATTR_RUNLIGHT_OPERATION_OUTCOME,
} from "@runlight/conventions/names";
import type { Outcome } from "@runlight/conventions/names";
import { endedWell } from "../operation/outcome.ts";
import type { StageSummary } from "./run-summary.ts";
import { numberAt, peakMemoryAt, textAt } from "./summary-event.ts";
import type { SummaryEvent } from "./summary-event.ts";

/** Sums the ended records of stages by name, in the order the names first ended. */
export function createStageTally(): {
  add(event: SummaryEvent): void;
  list(runSeconds: number): readonly StageSummary[];
} {
  const stages = new Map<string, StageSummary>();
  return {
    add(event) {
      const name = textAt(event, ATTR_RUNLIGHT_OPERATION_NAME) ?? "";
      const so = stages.get(name);
      const peak = peakMemoryAt(event);
      const failed = endedWell((textAt(event, ATTR_RUNLIGHT_OPERATION_OUTCOME) ?? "error") as Outcome) ? 0 : 1;
      stages.set(name, {
        name,
        count: (so?.count ?? 0) + 1,
        failed: (so?.failed ?? 0) + failed,
        durationSeconds: (so?.durationSeconds ?? 0) + (numberAt(event, ATTR_RUNLIGHT_OPERATION_DURATION) ?? 0),
        share: 0,
        items: (so?.items ?? 0) + (numberAt(event, ATTR_RUNLIGHT_ITEMS_PROCESSED) ?? 0),
        itemsUnit: so?.itemsUnit ?? textAt(event, ATTR_RUNLIGHT_ITEMS_UNIT),
        peakMemoryBytes: peak === undefined ? so?.peakMemoryBytes : Math.max(peak, so?.peakMemoryBytes ?? 0),
      });
    },
    list: (runSeconds) =>
      [...stages.values()].map((stage) => ({
        ...stage,
        share: runSeconds > 0 ? Math.min(1, stage.durationSeconds / runSeconds) : 0,
      })),
  };
}
