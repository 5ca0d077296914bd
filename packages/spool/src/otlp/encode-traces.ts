import type { DecodedSpan, DecodedSpanEvent, DecodedSpanLink } from "./decoded.ts";
import { encodeRequest } from "./encode-request.ts";
import type { RequestResource } from "./encode-request.ts";
import { encodeAttributes } from "./encode-value.ts";
import type { WireWriter } from "./wire-writer.ts";

/** Encodes spans as one OTLP export request. Source: opentelemetry-proto, trace/v1. */
export function encodeTraces(resource: RequestResource, spans: readonly DecodedSpan[]): Uint8Array {
  return encodeRequest(resource, spans, encodeSpan);
}

function encodeSpan(writer: WireWriter, span: DecodedSpan): void {
  writer.hex(1, span.traceId);
  writer.hex(2, span.spanId);
  if (span.traceState !== undefined) writer.string(3, span.traceState);
  if (span.parentSpanId !== undefined) writer.hex(4, span.parentSpanId);
  writer.string(5, span.name);
  if (span.kind !== 0) writer.uint(6, span.kind);
  writer.fixed64(7, span.startTimeUnixNano);
  writer.fixed64(8, span.endTimeUnixNano);
  encodeAttributes(writer, 9, span.attributes);
  writer.uint(10, span.droppedAttributesCount);
  for (const event of span.events) writer.message(11, () => encodeEvent(writer, event));
  writer.uint(12, span.droppedEventsCount);
  for (const link of span.links) writer.message(13, () => encodeLink(writer, link));
  writer.uint(14, span.droppedLinksCount);
  writer.message(15, () => {
    if (span.status.message !== undefined) writer.string(2, span.status.message);
    writer.uint(3, span.status.code);
  });
  if (span.flags !== 0) writer.fixed32(16, span.flags);
}

function encodeEvent(writer: WireWriter, event: DecodedSpanEvent): void {
  writer.fixed64(1, event.timeUnixNano);
  writer.string(2, event.name);
  encodeAttributes(writer, 3, event.attributes);
  writer.uint(4, event.droppedAttributesCount);
}

function encodeLink(writer: WireWriter, link: DecodedSpanLink): void {
  writer.hex(1, link.traceId);
  writer.hex(2, link.spanId);
  if (link.traceState !== undefined) writer.string(3, link.traceState);
  encodeAttributes(writer, 4, link.attributes);
  writer.uint(5, link.droppedAttributesCount);
  if (link.flags !== 0) writer.fixed32(6, link.flags);
}
