import type { Baggage, SpanContext } from "@opentelemetry/api";
import { rfc3339 } from "../clock.ts";
import { formatBaggage } from "./baggage-header.ts";
import { countCarrierFault } from "./carrier-faults.ts";
import { formatTraceparent } from "./traceparent.ts";

/**
 * What travels with a queued pipeline's job: texts under `traceparent`, `tracestate` and `baggage` (W3C) and `runlight-pipeline`,
 * `runlight-queued-at`, `runlight-attempt` and `runlight-previous`. Fits into JSON and into headers; below 10 KiB.
 */
export type QueueCarrier = Readonly<Record<string, string>>;

/** Names of a carrier's parts. */
export const carrierParts = {
  traceparent: "traceparent",
  tracestate: "tracestate",
  baggage: "baggage",
  pipeline: "runlight-pipeline",
  queuedAt: "runlight-queued-at",
  attempt: "runlight-attempt",
  previous: "runlight-previous",
} as const;

/** What a carrier says. */
export interface CarrierFacts {
  readonly name: string | undefined;
  /** The span that queued the pipeline. */
  readonly producer: SpanContext | undefined;
  readonly baggage: Baggage | undefined;
  /** Unix time in milliseconds. */
  readonly queuedAtMs: number | undefined;
  /** From 1. */
  readonly attempt: number | undefined;
  /** The span of the attempt before. */
  readonly previous: SpanContext | undefined;
}

/** Most a `tracestate` may hold, in UTF-16 units. Source: W3C Trace Context, "tracestate limits". */
export const maxTraceStateLength = 512;

/** The facts as a carrier. Baggage that there is no room for is counted and left out. */
export function writeCarrier({ name, producer, baggage, queuedAtMs, attempt, previous }: CarrierFacts): QueueCarrier {
  const traceState = producer?.traceState?.serialize() ?? "";
  const { text = "", leftOut = 0 } = baggage === undefined ? {} : formatBaggage(baggage);
  countCarrierFault("size", leftOut + (traceState.length > maxTraceStateLength ? 1 : 0));
  return present({
    [carrierParts.traceparent]: producer === undefined ? undefined : formatTraceparent(producer),
    [carrierParts.tracestate]: traceState.length > maxTraceStateLength ? "" : traceState,
    [carrierParts.baggage]: text,
    [carrierParts.pipeline]: name === undefined ? undefined : encodeURIComponent(name.toWellFormed()),
    [carrierParts.queuedAt]: queuedAtMs === undefined ? undefined : rfc3339(queuedAtMs),
    [carrierParts.attempt]: attempt === undefined ? undefined : String(attempt),
    [carrierParts.previous]: previous === undefined ? undefined : formatTraceparent(previous),
  });
}

function present(parts: Readonly<Record<string, string | undefined>>): QueueCarrier {
  const entries = Object.entries(parts).filter((entry): entry is [string, string] => (entry[1] ?? "") !== "");
  return Object.freeze(Object.fromEntries(entries));
}
