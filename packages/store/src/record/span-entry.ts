import type { DecodedSpan, ProcessIdentity } from "@runlight/spool";
import { millisecondsOf, rfc3339 } from "./time.ts";

/** One span of a run. */
export interface SpanEntry {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly name: string;
  /** RFC 3339, UTC, in milliseconds. */
  readonly startTime: string;
  /** Nanoseconds since the epoch, as decimal digits. */
  readonly startTimeUnixNano: string;
  readonly durationSeconds: number;
  readonly status: "error" | "ok" | "unset";
  readonly statusMessage: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Name of the scope (the instrumentation) it came from. */
  readonly scope: string;
  readonly service: string;
  readonly host: string;
  readonly pid: number;
}

const statuses = ["unset", "ok", "error"] as const;

/** A decoded span as the store answers it. */
export function toSpanEntry(span: DecodedSpan, process: ProcessIdentity): SpanEntry {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId,
    name: span.name,
    startTime: rfc3339(millisecondsOf(span.startTimeUnixNano)),
    startTimeUnixNano: String(span.startTimeUnixNano),
    durationSeconds: spanSeconds(span),
    status: statuses[span.status.code] ?? "unset",
    statusMessage: span.status.message,
    attributes: span.attributes,
    scope: span.scope.name,
    service: process.serviceName,
    host: process.hostName,
    pid: process.pid,
  };
}

/** How long the span took, in seconds, as a run's own clock would tell it; 0 where it ends before it begins. */
export function spanSeconds(span: DecodedSpan): number {
  return Math.max(0, millisecondsOf(span.endTimeUnixNano) - millisecondsOf(span.startTimeUnixNano)) / 1000;
}
