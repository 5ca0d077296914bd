import { events, lifecycleEvents } from "@runlight/conventions";
import {
  ATTR_ERROR_TYPE,
  ATTR_RUNLIGHT_LOST_EVIDENCE,
  ATTR_RUNLIGHT_LOST_LAST_SEEN,
  ATTR_RUNLIGHT_OPERATION_LOST,
  ATTR_RUNLIGHT_OPERATION_NAME,
  ATTR_RUNLIGHT_OPERATION_PARENT_SPAN_ID,
} from "@runlight/conventions/names";
import type { DecodedLogRecord, DecodedSpan } from "../otlp/decoded.ts";
import type { OpenOperation } from "./find-open.ts";

/** What is known of the end of a process. */
export interface Loss {
  readonly evidence: string;
  /** Nanoseconds since the epoch. */
  readonly lastSeen: bigint;
}

const errorSeverity = 17;
const errorStatus = 2;
const internalSpan = 1;
/** OTLP span flag: the bit that says whether the parent is remote has a meaning. */
const parentKnown = 0x100;
const sampled = 0x01;

/** The record that says an operation was lost. */
export function lostRecord(operation: OpenOperation, loss: Loss): DecodedLogRecord {
  const { kind, started } = operation;
  const eventName = lifecycleEvents[kind].lost ?? "";
  const declared = events.find((event) => event.name === eventName)?.attributes ?? [];
  const attributes = Object.fromEntries(Object.entries(started.attributes).filter(([name]) => declared.includes(name)));
  return {
    ...started,
    eventName,
    timeUnixNano: endOf(operation, loss),
    observedTimeUnixNano: BigInt(Date.now()) * 1_000_000n,
    severityNumber: errorSeverity,
    severityText: "ERROR",
    body: `${kind} ${operationName(operation)} was lost: ${loss.evidence}`,
    attributes: {
      ...attributes,
      [ATTR_RUNLIGHT_LOST_EVIDENCE]: loss.evidence,
      [ATTR_RUNLIGHT_LOST_LAST_SEEN]: rfc3339(loss.lastSeen),
    },
  };
}

/** The span that closes a lost operation; undefined when the operation was not sampled, for then its trace is nowhere. */
export function lostSpan(operation: OpenOperation, loss: Loss): DecodedSpan | undefined {
  const { kind, started } = operation;
  if ((started.flags & sampled) === 0 || started.traceId === undefined || started.spanId === undefined)
    return undefined;
  const { [ATTR_RUNLIGHT_OPERATION_PARENT_SPAN_ID]: parentSpanId, ...attributes } = started.attributes;
  return {
    scope: started.scope,
    traceId: started.traceId,
    spanId: started.spanId,
    ...(typeof parentSpanId === "string" && parentSpanId !== "" ? { parentSpanId } : {}),
    name: `${kind} ${operationName(operation)}`,
    kind: internalSpan,
    startTimeUnixNano: started.timeUnixNano,
    endTimeUnixNano: endOf(operation, loss),
    attributes: { ...attributes, [ATTR_RUNLIGHT_OPERATION_LOST]: true, [ATTR_ERROR_TYPE]: "lost" },
    droppedAttributesCount: 0,
    events: [],
    droppedEventsCount: 0,
    links: [],
    droppedLinksCount: 0,
    status: { code: errorStatus, message: loss.evidence },
    flags: parentKnown | (started.flags & 0xff),
  };
}

/** The name the program gave the operation. */
export function operationName({ started }: OpenOperation): string {
  const name = started.attributes[ATTR_RUNLIGHT_OPERATION_NAME];
  return typeof name === "string" ? name : "";
}

/** A time as people read it. `time`: nanoseconds since the epoch. */
export function rfc3339(time: bigint): string {
  return new Date(Number(time / 1_000_000n)).toISOString();
}

function endOf({ started }: OpenOperation, { lastSeen }: Loss): bigint {
  return lastSeen > started.timeUnixNano ? lastSeen : started.timeUnixNano;
}
