import { TraceFlags } from "@opentelemetry/api";
import type { ReadableSpan, SpanProcessor } from "@opentelemetry/sdk-trace";
import { stockSerializers } from "../providers/stock-packages.ts";
import { redactSpan } from "../redaction/redact-span.ts";
import type { Redactor } from "../redaction/redactor.ts";
import { withKnownResource } from "./known-resource.ts";
import type { SignalWriter } from "./signal-writer.ts";
import { urgencyOfSpan } from "./urgency.ts";

const serialize = withKnownResource((span: ReadableSpan) =>
  stockSerializers().ProtobufTraceSerializer.serializeRequest([span]),
);

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
