import type { HrTime } from "@opentelemetry/api";
import { WireWriter } from "@runlight/spool";
import type { ItemWriter } from "@runlight/spool";
import type { Redactor } from "../redaction/redactor.ts";
import { idsBytes, putIds, putSpanId, putTime, spanIdOf, timeBytes, writeIds } from "./encode-field.ts";
import { writeAttributes } from "./encode-value.ts";
import { FastSpan } from "./fast-span.ts";
import type { SpanDetails } from "./span-details.ts";

/* Hot path. The bytes are those of the official serializer for the same data: test/fast-lane/oracle.test.ts. */

/** `SPAN_FLAGS_CONTEXT_HAS_IS_REMOTE_MASK` and `SPAN_FLAGS_CONTEXT_IS_REMOTE_MASK` of OTLP, in their byte. */
const knowsRemote = 0x01;
const isRemote = 0x02;

const idTags = [0x0a, 0x12] as const;
/** Times and kind of a span, to be set: {@link putHead}. */
const blankHead = Uint8Array.of(0x30, 0, 0x39, 0, 0, 0, 0, 0, 0, 0, 0, 0x41, 0, 0, 0, 0, 0, 0, 0, 0);
/** The fields behind the attributes of a span without events, links and status; flags to be set: {@link putFlags}. */
export const plainTail: Uint8Array = Uint8Array.of(0x50, 0, 0x60, 0, 0x70, 0, 0x7a, 2, 0x18, 0, 0x85, 0x01, 0, 0, 0, 0);

/** The fields between the ids and the attributes: the name, and room for kind and times. */
export function spanHead(name: string): Uint8Array {
  const writer = new WireWriter();
  writer.string(5, name);
  writer.raw(blankHead);
  return Uint8Array.from(writer.finish());
}

/** The ids: the fields before {@link spanHead}. */
export function writeSpanIds(writer: ItemWriter, span: FastSpan): void {
  writer.reserve(idsBytes + 10);
  putIds(writer, idTags, span.traceId, span);
  if (span.traceState !== undefined) {
    writeTraceState(writer, 0x1a, span.traceState.serialize());
    writer.reserve(10);
  }
  const { above } = span;
  if (above instanceof FastSpan) putSpanId(writer, 0x22, above.idHigh, above.idLow);
  else if (above !== undefined) {
    const { idHigh, idLow } = spanIdOf(above);
    putSpanId(writer, 0x22, idHigh, idLow);
  }
}

/** Sets kind and times in a head that ends at `headEnd`. */
export function putHead(writer: ItemWriter, headEnd: number, span: FastSpan, end: HrTime | number): void {
  const { position } = writer;
  const { startTimeMs } = span.start;
  writer.bytes[headEnd - 2 * timeBytes - 1] = span.kind + 1;
  writer.position = headEnd - 2 * timeBytes;
  putTime(writer, 0x39, startTimeMs);
  if (typeof end === "number") putTime(writer, 0x41, end > startTimeMs ? end : startTimeMs);
  else writeEnd(writer, startTimeMs, end);
  writer.position = position;
}

/** The fields behind the attributes, secrets taken out. */
export function writeSpanTail(writer: ItemWriter, span: FastSpan, details: SpanDetails, redactor: Redactor): void {
  writer.uint(0x50, details.droppedAttributesCount);
  if (details.events !== undefined) writeEvents(writer, details.events, redactor);
  writer.uint(0x60, details.droppedEventsCount);
  if (details.links !== undefined) writeLinks(writer, details.links, redactor);
  writer.uint(0x70, details.droppedLinksCount);
  const status = writer.beginMessage(0x7a);
  const { code, message } = details.status;
  if (message !== undefined && message !== "") writer.string(0x12, redactor.text(message));
  writer.uint(0x18, code);
  writer.endMessage(status);
  // The one tag of two bytes: field 16.
  writer.fixed32(0x85, 0, 0x01);
  putFlags(writer, span);
}

/** Sets the flags of the trace, and whether the span above is of another process, in a tail just written. */
export function putFlags({ bytes, position }: ItemWriter, { traceFlags, above }: FastSpan): void {
  const remote = above !== undefined && !(above instanceof FastSpan) && above.isRemote === true;
  bytes[position - 4] = traceFlags;
  bytes[position - 3] = remote ? knowsRemote | isRemote : knowsRemote;
}

function writeEnd(writer: ItemWriter, startTimeMs: number, [seconds, nanoseconds]: HrTime): void {
  if (seconds * 1000 + nanoseconds / 1e6 < startTimeMs) putTime(writer, 0x41, startTimeMs);
  else writer.nanoseconds(0x41, seconds, nanoseconds);
}

function writeTraceState(writer: ItemWriter, tag: number, text: string): void {
  if (text !== "") writer.string(tag, text);
}

function writeEvents(writer: ItemWriter, events: NonNullable<SpanDetails["events"]>, redactor: Redactor): void {
  for (const event of events) {
    const start = writer.beginMessage(0x5a);
    writer.nanoseconds(0x09, event.time[0], event.time[1]);
    writer.string(0x12, redactor.text(event.name));
    writeAttributes(writer, 0x1a, redactor.attributes(event.attributes ?? {}));
    writer.uint(0x20, event.droppedAttributesCount ?? 0);
    writer.endMessage(start);
  }
}

function writeLinks(writer: ItemWriter, links: NonNullable<SpanDetails["links"]>, redactor: Redactor): void {
  for (const link of links) {
    const start = writer.beginMessage(0x6a);
    writeIds(writer, [0x0a, 0x12], link.context);
    if (link.context.traceState !== undefined) writeTraceState(writer, 0x1a, link.context.traceState.serialize());
    writeAttributes(writer, 0x22, redactor.attributes(link.attributes ?? {}));
    writer.uint(0x28, link.droppedAttributesCount ?? 0);
    const remote = link.context.isRemote === true ? knowsRemote | isRemote : knowsRemote;
    writer.fixed32(0x35, (link.context.traceFlags & 0xff) | (remote << 8));
    writer.endMessage(start);
  }
}
