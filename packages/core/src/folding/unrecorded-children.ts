import type { Attributes } from "@opentelemetry/api";
import { foldedEvents } from "@runlight/conventions";
import {
  ATTR_EXCEPTION_MESSAGE,
  ATTR_RUNLIGHT_ERROR_COUNT,
  ATTR_RUNLIGHT_FOLD_ATTEMPTS,
  ATTR_RUNLIGHT_FOLD_COUNT,
  ATTR_RUNLIGHT_FOLD_DURATION_SUM,
  ATTR_RUNLIGHT_FOLD_FAILED,
  ATTR_RUNLIGHT_ITEMS_PROCESSED,
  ATTR_RUNLIGHT_ITEMS_UNIT,
  ATTR_RUNLIGHT_MEMORY_END,
  ATTR_RUNLIGHT_MEMORY_PEAK,
  ATTR_RUNLIGHT_MEMORY_START,
  ATTR_RUNLIGHT_OPERATION_ATTEMPT,
  ATTR_RUNLIGHT_OPERATION_DURATION,
  ATTR_RUNLIGHT_OPERATION_KIND,
  ATTR_RUNLIGHT_OPERATION_NAME,
  ATTR_RUNLIGHT_OPERATION_SELF_DURATION,
  ATTR_RUNLIGHT_PIPELINE_NAME,
  ATTR_RUNLIGHT_PIPELINE_QUEUED,
  ATTR_RUNLIGHT_STAGE_NAME,
  ATTR_WORKFLOW_DEFINITION_NAME,
  ATTR_WORKFLOW_EXECUTION_ID,
} from "@runlight/conventions/names";
import { endedWell } from "../operation/outcome.ts";
import type { EventRecord, OperationEnd, OperationStart } from "../sink/operation-sink.ts";

/** Sums what folded children of one kind and name would have told in records of their own. */
export interface UnrecordedChildren {
  /** Takes a child into account that leaves no record. */
  add(start: OperationStart, end: OperationEnd): void;
  /** The one record that stands for them; `undefined` where there were none, and for kernels, which leave none anyway. */
  record(): EventRecord | undefined;
}

/** What all of them have in common. */
const place = [
  ATTR_WORKFLOW_EXECUTION_ID,
  ATTR_WORKFLOW_DEFINITION_NAME,
  ATTR_RUNLIGHT_STAGE_NAME,
  ATTR_RUNLIGHT_PIPELINE_NAME,
  ATTR_RUNLIGHT_OPERATION_KIND,
  ATTR_RUNLIGHT_OPERATION_NAME,
] as const;

/** What is summed as it stands on their ended records. */
const summed = [
  ATTR_RUNLIGHT_OPERATION_SELF_DURATION,
  ATTR_RUNLIGHT_ITEMS_PROCESSED,
  ATTR_RUNLIGHT_PIPELINE_QUEUED,
] as const;

/** Begins with none. */
export function createUnrecordedChildren(): UnrecordedChildren {
  let first: OperationStart | undefined;
  let last: OperationEnd | undefined;
  const counts = { count: 0, failed: 0, attempts: 0, errors: 0, durationSeconds: 0, peakBytes: 0 };
  const sums: Record<string, number> = {};
  let unit: string | undefined;
  return {
    add(start, end) {
      const told = end.record?.attributes;
      if (told === undefined) return;
      first ??= start;
      last = end;
      counts.count += 1;
      if (!endedWell(end.outcome)) counts.failed += 1;
      if (start.attributes[ATTR_RUNLIGHT_OPERATION_ATTEMPT] !== undefined) counts.attempts += 1;
      if (told[ATTR_EXCEPTION_MESSAGE] !== undefined) counts.errors += 1;
      counts.durationSeconds += numberIn(told, ATTR_RUNLIGHT_OPERATION_DURATION);
      counts.peakBytes = Math.max(counts.peakBytes, numberIn(told, ATTR_RUNLIGHT_MEMORY_PEAK));
      for (const name of summed) if (told[name] !== undefined) sums[name] = (sums[name] ?? 0) + numberIn(told, name);
      unit ??= told[ATTR_RUNLIGHT_ITEMS_UNIT] as string | undefined;
    },
    record() {
      const eventName = first === undefined ? undefined : foldedEvents[first.kind];
      if (first === undefined || last === undefined || eventName === undefined) return undefined;
      const { count, failed, attempts, errors, durationSeconds, peakBytes } = counts;
      return {
        eventName,
        severity: "INFO",
        timeMs: last.endTimeMs,
        attributes: {
          ...pick(first.attributes, place),
          ...pick(first.attributes, [ATTR_RUNLIGHT_MEMORY_START]),
          ...pick(last.record?.attributes ?? {}, [ATTR_RUNLIGHT_MEMORY_END]),
          [ATTR_RUNLIGHT_MEMORY_PEAK]: peakBytes,
          [ATTR_RUNLIGHT_FOLD_COUNT]: count,
          [ATTR_RUNLIGHT_FOLD_FAILED]: failed,
          ...(attempts === 0 ? {} : { [ATTR_RUNLIGHT_FOLD_ATTEMPTS]: attempts }),
          ...(errors === 0 ? {} : { [ATTR_RUNLIGHT_ERROR_COUNT]: errors }),
          [ATTR_RUNLIGHT_FOLD_DURATION_SUM]: durationSeconds,
          ...sums,
          ...(unit === undefined ? {} : { [ATTR_RUNLIGHT_ITEMS_UNIT]: unit }),
        },
        body: `${first.kind} ${first.name}: ${count} folded, ${failed} of them failed`,
      };
    },
  };
}

function numberIn(attributes: Attributes, name: string): number {
  const value = attributes[name];
  return typeof value === "number" ? value : 0;
}

function pick(attributes: Attributes, names: readonly string[]): Attributes {
  const entries = names.flatMap((name) => (attributes[name] === undefined ? [] : [[name, attributes[name]] as const]));
  return Object.fromEntries(entries);
}
