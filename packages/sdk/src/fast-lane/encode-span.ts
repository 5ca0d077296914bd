import type { HrTime } from "@opentelemetry/api";
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
/** Bytes of the id of the span above, with its tag. */
const parentBytes = 10;
/** Bytes of what {@link writeKindAndTimes} writes. */
export const kindAndTimesBytes: number = 2 + 2 * timeBytes;
/** The tail of a span without events, links and status, its flags yet to be set. */
const plainTail = Uint8Array.of(0x50, 0, 0x60, 0, 0x70, 0, 0x7a, 2, 0x18, 0, 0x85, 0x01, 0, 0, 0, 0);

/** Bytes of the ids of a span without a trace state. */
export function spanIdsBytes({ above }: FastSpan): number {
  return above === undefined ? idsBytes : idsBytes + parentBytes;
}

/** The ids: the first fields. */
export function writeSpanIds(writer: ItemWriter, span: FastSpan): void {
  writer.reserve(idsBytes + parentBytes);
  putIds(writer, idTags, span.traceId, span);
  if (span.traceState !== undefined) {
    writeTraceState(writer, 0x1a, span.traceState.serialize());
    writer.reserve(parentBytes);
  }
  const { above } = span;
  if (above instanceof FastSpan) putSpanId(writer, 0x22, above.idHigh, above.idLow);
  else if (above !== undefined) {
    const { idHigh, idLow } = spanIdOf(above);
    putSpanId(writer, 0x22, idHigh, idLow);
  }
}

/** Kind and times: the fields between the name and the attributes. */
export function writeKindAndTimes(writer: ItemWriter, span: FastSpan, end: HrTime | number): void {
  writer.reserve(kindAndTimesBytes);
  const { startTimeMs } = span.start;
  writer.bytes[writer.position] = 0x30;
  writer.bytes[writer.position + 1] = span.kind + 1;
  writer.position += 2;
  putTime(writer, 0x39, startTimeMs);
  if (typeof end === "number") putTime(writer, 0x41, end > startTimeMs ? end : startTimeMs);
  else writeEnd(writer, startTimeMs, end);
}

/** The fields behind the attributes of a span that nothing was added to. */
export function writePlainTail(writer: ItemWriter, span: FastSpan): void {
  writer.raw(plainTail);
  putFlags(writer.bytes, writer.position - 4, span);
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
  putFlags(writer.bytes, writer.position - 4, span);
}

/** Flags of the trace, and whether the span above is of another process. True where they were others before. */
export function putFlags(bytes: Uint8Array, position: number, { traceFlags, above }: FastSpan): boolean {
  const remote = above !== undefined && !(above instanceof FastSpan) && above.isRemote === true;
  const flags = remote ? knowsRemote | isRemote : knowsRemote;
  if (bytes[position] === traceFlags && bytes[position + 1] === flags) return false;
  bytes[position] = traceFlags;
  bytes[position + 1] = flags;
  return true;
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
