import {
  ATTR_RUNLIGHT_FOLD_ATTEMPTS,
  ATTR_RUNLIGHT_FOLD_COUNT,
  ATTR_RUNLIGHT_FOLD_DURATION_SUM,
  ATTR_RUNLIGHT_FOLD_FAILED,
  ATTR_RUNLIGHT_MEMORY_START,
  ATTR_RUNLIGHT_OPERATION_DURATION,
  ATTR_RUNLIGHT_OPERATION_OUTCOME,
  ATTR_RUNLIGHT_OPERATION_SELF_DURATION,
} from "@runlight/conventions/names";
import type { OperationKind, Outcome } from "@runlight/conventions/names";
import { endedWell } from "../operation/outcome.ts";
import type { StartedOperation } from "./started-operations.ts";
import { numberAt, textAt } from "./summary-event.ts";
import type { SummaryEvent } from "./summary-event.ts";

/** What a record tells of operations that are over: of one, or of several that were folded. */
export interface EndedOperations {
  readonly event: SummaryEvent;
  readonly kind: OperationKind;
  readonly count: number;
  readonly failed: number;
  /** How many were attempts at something. */
  readonly attempts: number;
  readonly durationSeconds: number;
  /** The whole duration where the record does not tell. */
  readonly selfSeconds: number;
  /** Of the first one. */
  readonly startMemoryBytes: number | undefined;
}

/** Reads the ended record of one operation, with what its start told. */
export function endedOperation(
  event: SummaryEvent,
  kind: OperationKind,
  started: StartedOperation | undefined,
): EndedOperations {
  const durationSeconds = numberAt(event, ATTR_RUNLIGHT_OPERATION_DURATION) ?? 0;
  return {
    event,
    kind,
    count: 1,
    failed: endedWell((textAt(event, ATTR_RUNLIGHT_OPERATION_OUTCOME) ?? "error") as Outcome) ? 0 : 1,
    attempts: started?.isAttempt === true ? 1 : 0,
    durationSeconds,
    selfSeconds: numberAt(event, ATTR_RUNLIGHT_OPERATION_SELF_DURATION) ?? durationSeconds,
    startMemoryBytes: started?.memoryBytes,
  };
}

/** Reads the record that stands for operations which were folded. */
export function foldedOperations(event: SummaryEvent, kind: OperationKind): EndedOperations {
  const durationSeconds = numberAt(event, ATTR_RUNLIGHT_FOLD_DURATION_SUM) ?? 0;
  return {
    event,
    kind,
    count: numberAt(event, ATTR_RUNLIGHT_FOLD_COUNT) ?? 0,
    failed: numberAt(event, ATTR_RUNLIGHT_FOLD_FAILED) ?? 0,
    attempts: numberAt(event, ATTR_RUNLIGHT_FOLD_ATTEMPTS) ?? 0,
    durationSeconds,
    selfSeconds: numberAt(event, ATTR_RUNLIGHT_OPERATION_SELF_DURATION) ?? durationSeconds,
    startMemoryBytes: numberAt(event, ATTR_RUNLIGHT_MEMORY_START),
  };
}
