import { ATTR_RUNLIGHT_ITEMS_PROCESSED, ATTR_RUNLIGHT_ITEMS_UNIT } from "@runlight/conventions/names";
import type { ItemsSummary } from "./run-summary.ts";
import { numberAt, textAt } from "./summary-event.ts";
import type { SummaryEvent } from "./summary-event.ts";

/** Sums the items that ended operations counted, by unit. */
export function createItemTally(): {
  add(event: SummaryEvent): void;
  list(runSeconds: number): readonly ItemsSummary[];
} {
  const units = new Map<string, number>();
  return {
    add(event) {
      const processed = numberAt(event, ATTR_RUNLIGHT_ITEMS_PROCESSED) ?? 0;
      if (processed === 0) return;
      const unit = textAt(event, ATTR_RUNLIGHT_ITEMS_UNIT) ?? "item";
      units.set(unit, (units.get(unit) ?? 0) + processed);
    },
    list: (runSeconds) =>
      [...units].map(([unit, processed]) => ({
        unit,
        processed,
        perSecond: runSeconds > 0 ? processed / runSeconds : 0,
      })),
  };
}
