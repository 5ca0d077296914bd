import type { HrTime, SpanContext } from "@opentelemetry/api";
import type { ItemWriter } from "@runlight/spool";
import type { Redactor } from "../redaction/redactor.ts";
import { writeAttributes } from "./encode-value.ts";
import { FastSpan } from "./fast-span.ts";
import { traceIdOf } from "./identity.ts";

/* Hot path. The bytes are those of the official serializer for the same data: test/fast-lane/oracle.test.ts. */

/** `SPAN_FLAGS_CONTEXT_HAS_IS_REMOTE_MASK` and `SPAN_FLAGS_CONTEXT_IS_REMOTE_MASK` of OTLP. */
const knowsRemote = 0x100;
const isRemote = 0x200;

/** Ids, name, kind and times: the fields before the attributes. */
export function writeSpanHead(writer: ItemWriter, span: FastSpan, nameField: Uint8Array, end: HrTime | number): void {
  writer.reserve(64);
  writer.byte(0x0a);
  writer.byte(16);
  span.traceId.write(writer);
  writer.byte(0x12);
  writer.byte(8);
  writer.word(span.idHigh);
  writer.word(span.idLow);
  if (span.traceState !== undefined) writeTraceState(writer, 0x1a, span.traceState.serialize());
  writeParent(writer, span.parent);
  writer.raw(nameField);
  writer.uint(0x30, span.kind + 1);
  writeTime(writer, 0x39, span.startTimeMs);
  if (typeof end === "number") writeTime(writer, 0x41, Math.max(end, span.startTimeMs));
  else writeEnd(writer, span.startTimeMs, end);
}

/** The fields behind the attributes, secrets taken out. */
export function writeSpanTail(writer: ItemWriter, span: FastSpan, redactor: Redactor): void {
  writer.uint(0x50, span.droppedAttributesCount);
  if (span.events !== undefined) writeEvents(writer, span.events, redactor);
  writer.uint(0x60, span.droppedEventsCount);
  if (span.links !== undefined) writeLinks(writer, span.links, redactor);
  writer.uint(0x70, span.droppedLinksCount);
  const status = writer.beginMessage(0x7a);
  const { code, message } = span.status;
  if (message !== undefined && message !== "") writer.string(0x12, redactor.text(message));
  writer.uint(0x18, code);
  writer.endMessage(status);
  const { parent } = span;
  const remote = parent !== undefined && !(parent instanceof FastSpan) && parent.isRemote === true ? isRemote : 0;
  // The one tag of two bytes: field 16.
  writer.fixed32(0x85, span.traceFlags | knowsRemote | remote, 0x01);
}

/** Unix time in milliseconds, with fraction, as nanoseconds. */
export function writeTime(writer: ItemWriter, tag: number, timeMs: number): void {
  writer.nanoseconds(tag, Math.trunc(timeMs / 1000), Math.round((timeMs % 1000) * 1e6));
}

/** A trace id and a span id of hexadecimal digits. */
export function writeIds(writer: ItemWriter, tags: readonly [number, number], context: SpanContext): void {
  writer.reserve(28);
  writer.byte(tags[0]);
  writer.byte(16);
  traceIdOf(context.traceId).write(writer);
  writer.byte(tags[1]);
  writer.byte(8);
  writeSpanId(writer, context.spanId);
}

function writeSpanId(writer: ItemWriter, hex: string): void {
  writer.word(Number.parseInt(hex.slice(0, 8), 16));
  writer.word(Number.parseInt(hex.slice(8, 16), 16));
}

function writeParent(writer: ItemWriter, parent: FastSpan | SpanContext | undefined): void {
  if (parent === undefined) return;
  writer.reserve(10);
  writer.byte(0x22);
  writer.byte(8);
  if (parent instanceof FastSpan) {
    writer.word(parent.idHigh);
    writer.word(parent.idLow);
  } else writeSpanId(writer, parent.spanId);
}

function writeEnd(writer: ItemWriter, startTimeMs: number, [seconds, nanoseconds]: HrTime): void {
  if (seconds * 1000 + nanoseconds / 1e6 < startTimeMs) writeTime(writer, 0x41, startTimeMs);
  else writer.nanoseconds(0x41, seconds, nanoseconds);
}

function writeTraceState(writer: ItemWriter, tag: number, text: string): void {
  if (text !== "") writer.string(tag, text);
}

function writeEvents(writer: ItemWriter, events: NonNullable<FastSpan["events"]>, redactor: Redactor): void {
  for (const event of events) {
    const start = writer.beginMessage(0x5a);
    writer.nanoseconds(0x09, event.time[0], event.time[1]);
    writer.string(0x12, redactor.text(event.name));
    writeAttributes(writer, 0x1a, redactor.attributes(event.attributes ?? {}));
    writer.uint(0x20, event.droppedAttributesCount ?? 0);
    writer.endMessage(start);
  }
}

function writeLinks(writer: ItemWriter, links: NonNullable<FastSpan["links"]>, redactor: Redactor): void {
  for (const link of links) {
    const start = writer.beginMessage(0x6a);
    writeIds(writer, [0x0a, 0x12], link.context);
    if (link.context.traceState !== undefined) writeTraceState(writer, 0x1a, link.context.traceState.serialize());
    writeAttributes(writer, 0x22, redactor.attributes(link.attributes ?? {}));
    writer.uint(0x28, link.droppedAttributesCount ?? 0);
    const remote = link.context.isRemote === true ? isRemote : 0;
    writer.fixed32(0x35, (link.context.traceFlags & 0xff) | knowsRemote | remote);
    writer.endMessage(start);
  }
}
