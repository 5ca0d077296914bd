import type { Attributes } from "@opentelemetry/api";
import { lifecycleEvents } from "@runlight/conventions";
import type { Outcome } from "@runlight/conventions/names";
import { formatDuration } from "../format/duration.ts";
import { boundText } from "../record/bounded-text.ts";
import { RecordInParts } from "../record/record-in-parts.ts";
import type { RecordHead } from "../record/record-in-parts.ts";
import type { EventRecord } from "../sink/operation-sink.ts";
import type { OperationPlace } from "./operation-place.ts";
import { endedWell } from "./outcome.ts";

/** The record of an operation that begins; kernels have none. */
export function startedRecord(place: OperationPlace, timeMs: number, own: Attributes): EventRecord | undefined {
  const { started, shared } = place;
  return started === undefined ? undefined : new RecordInParts(started, timeMs, shared, own);
}

/** How an operation ended. */
export interface LifecycleEnd {
  readonly outcome: Outcome;
  /** Unix time in milliseconds. */
  readonly endTimeMs: number;
  /** How long it was open. */
  readonly seconds: number;
  readonly message: string | undefined;
}

/** The record of an operation that ended; kernels have one only when they fail. `own` stands on it besides what its place tells. */
export function endedRecord(
  place: OperationPlace,
  { outcome, endTimeMs, seconds, message }: LifecycleEnd,
  own: Attributes,
): EventRecord | undefined {
  const well = endedWell(outcome);
  const eventName = lifecycleEvents[place.kind][well ? "completed" : "failed"];
  if (eventName === undefined) return undefined;
  const body = endedBody(place, outcome, formatDuration(seconds));
  const head: RecordHead = {
    eventName,
    severity: well ? "INFO" : outcome === "cancellation" ? "WARN" : "ERROR",
    body: message === undefined ? body : `${body}: ${boundText(message, 300)}`,
  };
  return new RecordInParts(head, endTimeMs, place.shared, own);
}

/** Durations whose text is remembered at a time, of each place. */
const maxKnownBodies = 64;

/** Hot path: the same text for the same duration, so that whoever writes it need not look at it again. */
function endedBody({ kind, name, endedBodies }: OperationPlace, outcome: Outcome, duration: string): string {
  const known = outcome === "success" ? endedBodies.get(duration) : undefined;
  if (known !== undefined) return known;
  const body = `${kind} ${name} ended in ${outcome} after ${duration}`;
  if (outcome !== "success") return body;
  if (endedBodies.size >= maxKnownBodies) endedBodies.clear();
  endedBodies.set(duration, body);
  return body;
}
