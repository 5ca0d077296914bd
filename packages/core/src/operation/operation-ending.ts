import type { Attributes } from "@opentelemetry/api";
import {
  ATTR_ERROR_TYPE,
  ATTR_RUNLIGHT_ITEMS_PROCESSED,
  ATTR_RUNLIGHT_ITEMS_UNIT,
  ATTR_RUNLIGHT_MEMORY_END,
  ATTR_RUNLIGHT_MEMORY_PEAK,
  ATTR_RUNLIGHT_OPERATION_DURATION,
  ATTR_RUNLIGHT_OPERATION_OUTCOME,
  ATTR_RUNLIGHT_OPERATION_SELF_DURATION,
  ATTR_RUNLIGHT_PIPELINE_QUEUED,
  ATTR_WORKFLOW_EXECUTION_OUTCOME,
} from "@runlight/conventions/names";
import type { Outcome } from "@runlight/conventions/names";
import { boundText } from "../record/bounded-text.ts";
import type { OperationEnd } from "../sink/operation-sink.ts";
import { endedRecord } from "./lifecycle-records.ts";
import { memoryReading } from "./memory.ts";
import type { OperationBeginning } from "./operation-beginning.ts";
import { endedWell } from "./outcome.ts";
import { addToSpan } from "./span-attributes.ts";

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
const succeeded: Attributes = { [ATTR_RUNLIGHT_OPERATION_OUTCOME]: "success" };

/** The end of a kernel that succeeded and counted nothing. Hot path: most operations end so. */
export function plainEnd(endTimeMs: number): OperationEnd {
  return { outcome: "success", endTimeMs, attributes: succeeded, statusMessage: undefined, record: undefined };
}

/** The end of any operation, with what its span and its record carry. */
export function fullEnd(start: OperationBeginning, ending: Ending): OperationEnd {
  const { outcome, endTimeMs, told, message, items, queued } = ending;
  const well = endedWell(outcome);
  const seconds = Math.max(0, endTimeMs - start.startTimeMs) / 1000;
  const { span, record } = endAttributes(start, outcome, endTimeMs, seconds);
  if (items.processed !== 0) {
    span[ATTR_RUNLIGHT_ITEMS_PROCESSED] = record[ATTR_RUNLIGHT_ITEMS_PROCESSED] = items.processed;
    span[ATTR_RUNLIGHT_ITEMS_UNIT] = record[ATTR_RUNLIGHT_ITEMS_UNIT] = items.unit;
  }
  if (queued !== 0) span[ATTR_RUNLIGHT_PIPELINE_QUEUED] = record[ATTR_RUNLIGHT_PIPELINE_QUEUED] = queued;
  if (!well) span[ATTR_ERROR_TYPE] = record[ATTR_ERROR_TYPE] = outcome;
  if (start.isRoot) span[ATTR_WORKFLOW_EXECUTION_OUTCOME] = outcome;
  if (told !== nothingTold) {
    Object.assign(record, told);
    addToSpan(span, told);
  }
  return {
    outcome,
    endTimeMs,
    attributes: span,
    statusMessage: well ? undefined : boundText(message ?? outcome, 1000),
    record: endedRecord(start.place, { outcome, endTimeMs, seconds, message }, record),
  };
}

/** What each end tells, on the span and on the record. Hot path: whole objects are made faster than from parts. */
function endAttributes(
  { memory, coveredMs }: OperationBeginning,
  outcome: Outcome,
  endTimeMs: number,
  seconds: number,
): { readonly span: Attributes; readonly record: Attributes } {
  if (memory === undefined)
    return {
      span: { [ATTR_RUNLIGHT_OPERATION_OUTCOME]: outcome },
      record: { [ATTR_RUNLIGHT_OPERATION_OUTCOME]: outcome, [ATTR_RUNLIGHT_OPERATION_DURATION]: seconds },
    };
  const selfSeconds = Math.max(0, seconds - coveredMs / 1000);
  const reading = memoryReading(endTimeMs);
  const peakBytes = memory.peakBytes(reading);
  return {
    span: {
      [ATTR_RUNLIGHT_OPERATION_OUTCOME]: outcome,
      [ATTR_RUNLIGHT_OPERATION_SELF_DURATION]: selfSeconds,
      [ATTR_RUNLIGHT_MEMORY_END]: reading.residentBytes,
      [ATTR_RUNLIGHT_MEMORY_PEAK]: peakBytes,
    },
    record: {
      [ATTR_RUNLIGHT_OPERATION_OUTCOME]: outcome,
      [ATTR_RUNLIGHT_OPERATION_DURATION]: seconds,
      [ATTR_RUNLIGHT_OPERATION_SELF_DURATION]: selfSeconds,
      [ATTR_RUNLIGHT_MEMORY_END]: reading.residentBytes,
      [ATTR_RUNLIGHT_MEMORY_PEAK]: peakBytes,
    },
  };
}
