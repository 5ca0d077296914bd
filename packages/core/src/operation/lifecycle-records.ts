import type { Attributes } from "@opentelemetry/api";
import { lifecycleEvents } from "@runlight/conventions";
import {
  ATTR_RUNLIGHT_OPERATION_DURATION,
  ATTR_RUNLIGHT_OPERATION_KIND,
  ATTR_RUNLIGHT_OPERATION_NAME,
  ATTR_RUNLIGHT_OPERATION_OUTCOME,
} from "@runlight/conventions/names";
import type { OperationKind, Outcome } from "@runlight/conventions/names";
import { formatDuration } from "../format/duration.ts";
import type { EventRecord } from "../sink/operation-sink.ts";
import { endedWell } from "./outcome.ts";

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
  const eventName = lifecycleEvents[subject.kind].started;
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
  const eventName = lifecycleEvents[subject.kind][well ? "completed" : "failed"];
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
