import type { Attributes } from "@opentelemetry/api";
import {
  ATTR_ERROR_TYPE,
  ATTR_RUNLIGHT_ITEMS_PROCESSED,
  ATTR_RUNLIGHT_ITEMS_UNIT,
  ATTR_RUNLIGHT_MEMORY_END,
  ATTR_RUNLIGHT_MEMORY_PEAK,
  ATTR_RUNLIGHT_OPERATION_SELF_DURATION,
  ATTR_RUNLIGHT_PIPELINE_QUEUED,
} from "@runlight/conventions/names";
import type { Outcome } from "@runlight/conventions/names";
import { boundText } from "../record/bounded-text.ts";
import type { OperationEnd } from "../sink/operation-sink.ts";
import { endedRecord } from "./lifecycle-records.ts";
import { residentMemoryBytes } from "./memory.ts";
import type { OperationBeginning } from "./operation-beginning.ts";
import { endedWell } from "./outcome.ts";
import { spanAttributes } from "./span-attributes.ts";

/** How an operation comes to its end. */
export interface Ending {
  readonly outcome: Outcome;
  /** Unix time in milliseconds, with fraction. */
  readonly endTimeMs: number;
  /** What was counted. */
  readonly items: { readonly processed: number; readonly unit: string };
  /** Pipelines queued. */
  readonly queued: number;
  /** What is told of the end besides; {@link nothingTold} where that is nothing. */
  readonly told: Attributes;
  /** What went wrong. */
  readonly message: string | undefined;
}

/** Nothing is told of an end but the end. */
export const nothingTold: Attributes = {};

/** What the span of a kernel carries that succeeded: the same for all. */
const succeeded = spanAttributes("kernel", "success", nothingTold);

/** The end of a kernel that succeeded and counted nothing. Hot path: most operations end so. */
export function plainEnd(endTimeMs: number): OperationEnd {
  return { outcome: "success", endTimeMs, attributes: succeeded, statusMessage: undefined, record: undefined };
}

/** The end of any operation, with what its span and its record carry. */
export function fullEnd(start: OperationBeginning, ending: Ending): OperationEnd {
  const { outcome, endTimeMs, told, message } = ending;
  const well = endedWell(outcome);
  const all = measured(start, ending);
  if (!well) all[ATTR_ERROR_TYPE] = outcome;
  if (told !== nothingTold) Object.assign(all, told);
  return {
    outcome,
    endTimeMs,
    attributes: spanAttributes(start.kind, outcome, all),
    statusMessage: well ? undefined : boundText(message ?? outcome, 1000),
    record: endedRecord(start, ending, all),
  };
}

function measured(start: OperationBeginning, { items, queued, endTimeMs }: Ending): Attributes {
  const { memory } = start;
  const values: Attributes = {};
  if (start.kind !== "kernel")
    values[ATTR_RUNLIGHT_OPERATION_SELF_DURATION] = Math.max(0, endTimeMs - start.startTimeMs - start.coveredMs) / 1000;
  if (items.processed !== 0) {
    values[ATTR_RUNLIGHT_ITEMS_PROCESSED] = items.processed;
    values[ATTR_RUNLIGHT_ITEMS_UNIT] = items.unit;
  }
  if (queued !== 0) values[ATTR_RUNLIGHT_PIPELINE_QUEUED] = queued;
  if (memory !== undefined) {
    const bytes = residentMemoryBytes();
    values[ATTR_RUNLIGHT_MEMORY_END] = bytes;
    values[ATTR_RUNLIGHT_MEMORY_PEAK] = memory.peakBytes(bytes);
  }
  return values;
}
