import type { Attributes } from "@opentelemetry/api";
import {
  ATTR_RUNLIGHT_OPERATION_DURATION,
  ATTR_RUNLIGHT_OPERATION_KIND,
  ATTR_RUNLIGHT_OPERATION_NAME,
  ATTR_RUNLIGHT_OPERATION_OUTCOME,
  EVENT_KERNEL_FAILED,
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
import type { OperationKind, Outcome } from "@runlight/conventions/names";
import { formatDuration } from "../format/duration.ts";
import type { EventRecord } from "../sink/operation-sink.ts";
import { endedWell } from "./outcome.ts";

const events = {
  workflow: { started: EVENT_WORKFLOW_STARTED, completed: EVENT_WORKFLOW_COMPLETED, failed: EVENT_WORKFLOW_FAILED },
  stage: { started: EVENT_STAGE_STARTED, completed: EVENT_STAGE_COMPLETED, failed: EVENT_STAGE_FAILED },
  pipeline: { started: EVENT_PIPELINE_STARTED, completed: EVENT_PIPELINE_COMPLETED, failed: EVENT_PIPELINE_FAILED },
  kernel: { started: undefined, completed: undefined, failed: EVENT_KERNEL_FAILED },
} as const;

/** The operation's part of a lifecycle record. */
export interface LifecycleSubject {
  readonly kind: OperationKind;
  readonly name: string;
  readonly innerAttributes: Attributes;
}

/** The record of an operation that begins; kernels have none. */
export function startedRecord(
  subject: LifecycleSubject,
  timeMs: number,
  attributes: Attributes,
): EventRecord | undefined {
  const eventName = events[subject.kind].started;
  if (eventName === undefined) return undefined;
  return {
    eventName,
    severity: "INFO",
    timeMs,
    attributes: { ...identity(subject), ...attributes },
    body: `${subject.kind} ${subject.name} started`,
  };
}

/** How an operation ended. */
export interface LifecycleEnd {
  readonly outcome: Outcome;
  /** Unix time in milliseconds. */
  readonly timeMs: number;
  readonly durationSeconds: number;
  readonly attributes: Attributes;
  readonly message: string | undefined;
}

/** The record of an operation that ended; kernels have one only when they fail. */
export function endedRecord(subject: LifecycleSubject, end: LifecycleEnd): EventRecord | undefined {
  const well = endedWell(end.outcome);
  const eventName = well ? events[subject.kind].completed : events[subject.kind].failed;
  if (eventName === undefined) return undefined;
  const reason = end.message === undefined ? "" : `: ${end.message}`;
  return {
    eventName,
    severity: well ? "INFO" : end.outcome === "cancellation" ? "WARN" : "ERROR",
    timeMs: end.timeMs,
    attributes: {
      ...identity(subject),
      [ATTR_RUNLIGHT_OPERATION_OUTCOME]: end.outcome,
      [ATTR_RUNLIGHT_OPERATION_DURATION]: end.durationSeconds,
      ...end.attributes,
    },
    body: `${subject.kind} ${subject.name} ended in ${end.outcome} after ${formatDuration(end.durationSeconds)}${reason}`,
  };
}

function identity(subject: LifecycleSubject): Attributes {
  return {
    ...subject.innerAttributes,
    [ATTR_RUNLIGHT_OPERATION_KIND]: subject.kind,
    [ATTR_RUNLIGHT_OPERATION_NAME]: subject.name,
  };
}
