import {
  EVENT_PIPELINE_COMPLETED,
  EVENT_PIPELINE_FAILED,
  EVENT_PIPELINE_LOST,
  EVENT_PIPELINE_STARTED,
  EVENT_STAGE_COMPLETED,
  EVENT_STAGE_FAILED,
  EVENT_STAGE_LOST,
  EVENT_STAGE_STARTED,
  EVENT_WORKFLOW_COMPLETED,
  EVENT_WORKFLOW_FAILED,
  EVENT_WORKFLOW_LOST,
  EVENT_WORKFLOW_STARTED,
} from "@runlight/conventions/names";
import type { EventName, OperationKind } from "@runlight/conventions/names";

/** The kinds of operation that tell their start, and what each says at it. */
export const startEvents: ReadonlyMap<string, OperationKind> = new Map<string, OperationKind>([
  [EVENT_WORKFLOW_STARTED, "workflow"],
  [EVENT_STAGE_STARTED, "stage"],
  [EVENT_PIPELINE_STARTED, "pipeline"],
]);

/** What says that an operation is over. */
export const endEvents: ReadonlySet<string> = new Set<string>([
  EVENT_WORKFLOW_COMPLETED,
  EVENT_WORKFLOW_FAILED,
  EVENT_WORKFLOW_LOST,
  EVENT_STAGE_COMPLETED,
  EVENT_STAGE_FAILED,
  EVENT_STAGE_LOST,
  EVENT_PIPELINE_COMPLETED,
  EVENT_PIPELINE_FAILED,
  EVENT_PIPELINE_LOST,
]);

/** What recovery says of an operation without an end. */
export const lostEvents: ReadonlyMap<OperationKind, EventName> = new Map<OperationKind, EventName>([
  ["workflow", EVENT_WORKFLOW_LOST],
  ["stage", EVENT_STAGE_LOST],
  ["pipeline", EVENT_PIPELINE_LOST],
]);
