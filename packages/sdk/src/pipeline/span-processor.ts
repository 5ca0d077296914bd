import { TraceFlags } from "@opentelemetry/api";
import type { Resource } from "@opentelemetry/resources";
import type { ReadableSpan, SpanProcessor } from "@opentelemetry/sdk-trace";
import { stockSerializers } from "../providers/stock-packages.ts";
import { redactSpan } from "../redaction/redact-span.ts";
import type { Redactor } from "../redaction/redactor.ts";
import { withKnownResource } from "./known-resource.ts";
import type { SignalWriter } from "./signal-writer.ts";
import { urgencyOfSpan } from "./urgency.ts";

const serialize = withKnownResource(
  (span: ReadableSpan) => stockSerializers().ProtobufTraceSerializer.serializeRequest([span]),
  copyOfSpan,
);

/** The span with another resource. */
export function copyOfSpan(span: ReadableSpan, resource: Resource): ReadableSpan {
  // What a span does not have, the serializer passes over; the compiler would have it left out.
  return {
    resource,
    instrumentationScope: span.instrumentationScope,
    spanContext: () => span.spanContext(),
    parentSpanContext: span.parentSpanContext,
    name: span.name,
    kind: span.kind,
    startTime: span.startTime,
    endTime: span.endTime,
    duration: span.duration,
    ended: span.ended,
    status: span.status,
    attributes: span.attributes,
    links: span.links,
    events: span.events,
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
  } as ReadableSpan;
}

/** A span as an OTLP export request, secrets taken out. */
export function encodeSpan(span: ReadableSpan, redactor: Redactor): Uint8Array | undefined {
  return serialize(redactSpan(span, redactor));
}

/** A span processor that writes each sampled span when it ends. It holds nothing back, so there is nothing to flush. */
export function createSpanProcessor(writer: SignalWriter<ReadableSpan>): SpanProcessor {
  return {
    onStart() {},
    onEnd(span) {
      if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) return;
      writer.write(span, urgencyOfSpan(span.attributes));
    },
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
}
