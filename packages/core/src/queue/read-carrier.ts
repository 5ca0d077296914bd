import type { Baggage } from "@opentelemetry/api";
import { now } from "../clock.ts";
import { maxNameLength, operationName } from "../record/operation-name.ts";
import { maxBaggageLength, parseBaggage } from "./baggage-header.ts";
import { countCarrierFault } from "./carrier-faults.ts";
import { carrierParts, maxTraceStateLength } from "./queue-carrier.ts";
import type { CarrierFacts } from "./queue-carrier.ts";
import { parseTraceparent } from "./traceparent.ts";

/** Longest `traceparent` read, in UTF-16 units: later versions of it may be longer than today's 55. */
export const maxTraceparentLength = 256;
/** Highest number of an attempt. */
export const maxAttempt = 1_000_000;
/** Longest time that a pipeline can have waited: one year, in milliseconds. */
export const maxQueueTimeMs: number = 366 * 86_400_000;

const timePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u;
const attemptPattern = /^[1-9]\d{0,6}$/u;
const nothing: CarrierFacts = {
  name: undefined,
  producer: undefined,
  baggage: undefined,
  queuedAtMs: undefined,
  attempt: undefined,
  previous: undefined,
};

/**
 * What a carrier says, whoever wrote it. Only its known parts are looked at, each within its bound; a part that is no text, too long or
 * not readable says nothing and is counted. `undefined` and `null` say nothing and are no fault. Never throws.
 */
export function readCarrier(given: unknown): CarrierFacts {
  if (given === undefined || given === null) return nothing;
  if (typeof given !== "object") {
    countCarrierFault("type");
    return nothing;
  }
  const carrier = carrierOf(given);
  const traceState = part(carrier, carrierParts.tracestate, maxTraceStateLength);
  const span = (name: string, state?: string) =>
    readable(part(carrier, name, maxTraceparentLength), (text) => parseTraceparent(text, state));
  return {
    name: readable(part(carrier, carrierParts.pipeline, maxNameLength * 12), decodedName),
    producer: span(carrierParts.traceparent, traceState),
    baggage: readable(part(carrier, carrierParts.baggage, maxBaggageLength), readBaggage),
    queuedAtMs: readable(part(carrier, carrierParts.queuedAt, 24), readTime),
    attempt: readable(part(carrier, carrierParts.attempt, 7), readAttempt),
    previous: span(carrierParts.previous),
  };
}

/** A ticket holds its carrier. */
function carrierOf(given: object): object {
  try {
    const { carrier } = given as { readonly carrier?: unknown };
    return typeof carrier === "object" && carrier !== null ? carrier : given;
  } catch {
    return given;
  }
}

function part(carrier: object, name: string, maxLength: number): string | undefined {
  let value: unknown;
  try {
    value = Object.hasOwn(carrier, name) ? (carrier as Record<string, unknown>)[name] : undefined;
  } catch {
    countCarrierFault("type");
    return undefined;
  }
  if (value === undefined) return undefined;
  if (typeof value === "string" && value.length <= maxLength) return value;
  countCarrierFault(typeof value === "string" ? "size" : "type");
  return undefined;
}

function readable<Value>(text: string | undefined, read: (text: string) => Value | undefined): Value | undefined {
  if (text === undefined) return undefined;
  const value = read(text);
  if (value === undefined) countCarrierFault("format");
  return value;
}

function decodedName(text: string): string | undefined {
  try {
    return operationName(decodeURIComponent(text));
  } catch {
    return undefined;
  }
}

function readBaggage(text: string): Baggage {
  const { baggage, leftOut } = parseBaggage(text);
  countCarrierFault("format", leftOut);
  return baggage;
}

/** Clocks of two hosts differ a little: a time not yet come is now. */
function readTime(text: string): number | undefined {
  const timeMs = timePattern.test(text) ? Date.parse(text) : Number.NaN;
  const nowMs = now();
  return nowMs - timeMs <= maxQueueTimeMs ? Math.min(timeMs, nowMs) : undefined;
}

function readAttempt(text: string): number | undefined {
  const attempt = attemptPattern.test(text) ? Number(text) : Number.NaN;
  return attempt <= maxAttempt ? attempt : undefined;
}
