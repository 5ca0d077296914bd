import type { Attributes } from "@opentelemetry/api";
import { lifecycleEvents } from "@runlight/conventions";
import { ATTR_RUNLIGHT_OPERATION_DURATION, ATTR_RUNLIGHT_OPERATION_OUTCOME } from "@runlight/conventions/names";
import type { Outcome } from "@runlight/conventions/names";
import { formatDuration } from "../format/duration.ts";
import type { EventRecord } from "../sink/operation-sink.ts";
import type { OperationPlace } from "./operation-place.ts";
import { endedWell } from "./outcome.ts";

/** A record with its attributes in parts, put together only where somebody asks for them as one. */
class LifecycleRecord implements EventRecord {
  readonly eventName: EventRecord["eventName"];
  readonly severity: EventRecord["severity"];
  readonly timeMs: number;
  readonly shared: Attributes;
  readonly own: Attributes;
  readonly body: string;
  #attributes: Attributes | undefined;

  constructor(record: Omit<EventRecord, "attributes" | "body"> & Required<AttributesOfRecord>) {
    this.eventName = record.eventName;
    this.severity = record.severity;
    this.timeMs = record.timeMs;
    this.shared = record.shared;
    this.own = record.own;
    this.body = record.body;
  }

  get attributes(): Attributes {
    return (this.#attributes ??= { ...this.shared, ...this.own });
  }
}

interface AttributesOfRecord {
  readonly shared: Attributes;
  readonly own: Attributes;
  readonly body: string;
}

/** The record of an operation that begins; kernels have none. */
export function startedRecord(place: OperationPlace, timeMs: number, own: Attributes): EventRecord | undefined {
  const eventName = lifecycleEvents[place.kind].started;
  if (eventName === undefined) return undefined;
  return new LifecycleRecord({
    eventName,
    severity: "INFO",
    timeMs,
    shared: place.shared,
    own,
    body: place.startedBody,
  });
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
export function endedRecord(place: OperationPlace, end: LifecycleEnd): EventRecord | undefined {
  const well = endedWell(end.outcome);
  const eventName = lifecycleEvents[place.kind][well ? "completed" : "failed"];
  if (eventName === undefined) return undefined;
  const reason = end.message === undefined ? "" : `: ${end.message}`;
  return new LifecycleRecord({
    eventName,
    severity: well ? "INFO" : end.outcome === "cancellation" ? "WARN" : "ERROR",
    timeMs: end.timeMs,
    shared: place.shared,
    own: {
      [ATTR_RUNLIGHT_OPERATION_OUTCOME]: end.outcome,
      [ATTR_RUNLIGHT_OPERATION_DURATION]: end.durationSeconds,
      ...end.attributes,
    },
    body: `${place.kind} ${place.name} ended in ${end.outcome} after ${formatDuration(end.durationSeconds)}${reason}`,
  });
}
