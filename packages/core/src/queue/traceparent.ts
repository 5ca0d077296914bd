import { createTraceState, isSpanContextValid } from "@opentelemetry/api";
import type { SpanContext } from "@opentelemetry/api";

const pattern =
  /^(?<version>[\da-f]{2})-(?<traceId>[\da-f]{32})-(?<spanId>[\da-f]{16})-(?<flags>[\da-f]{2})(?<rest>-.*)?$/u;

/** A span's ids as text; `undefined` for those of no span. Source: W3C Trace Context, `traceparent`. */
export function formatTraceparent(span: SpanContext): string | undefined {
  if (!isSpanContextValid(span)) return undefined;
  return `00-${span.traceId}-${span.spanId}-${(span.traceFlags & 0xff).toString(16).padStart(2, "0")}`;
}

/** The remote span that a text names; `undefined` when it names none. */
export function parseTraceparent(text: string, traceState?: string): SpanContext | undefined {
  const { version, traceId = "", spanId = "", flags = "", rest } = pattern.exec(text)?.groups ?? {};
  if (version === undefined || version === "ff" || (version === "00" && rest !== undefined)) return undefined;
  const span: SpanContext = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
  if (!isSpanContextValid(span)) return undefined;
  // oxlint-disable-next-line typescript/no-deprecated -- the API alone has no other, and core depends on nothing else
  return traceState === undefined ? span : { ...span, traceState: createTraceState(traceState) };
}
