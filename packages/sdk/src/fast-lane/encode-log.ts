import type { Attributes, SpanContext } from "@opentelemetry/api";
import { AddAttributeDecision, maybeAddAttribute } from "@opentelemetry/core";
import type { EventRecord } from "@runlight/core";
import type { ItemWriter } from "@runlight/spool";
import type { Redactor } from "../redaction/redactor.ts";
import { writeIds, writeTime } from "./encode-span.ts";
import { writeAttributes, writeValue } from "./encode-value.ts";
import { FastSpan } from "./fast-span.ts";
import type { PlainAttributes, PlainLimits } from "./plain-attributes.ts";

/* Hot path: a record of an operation is written when it is emitted. The bytes are those of the official serializer for the same data. */

const severityNumbers = { DEBUG: 5, INFO: 9, WARN: 13, ERROR: 17, FATAL: 21 } as const;

/** What a record is written with. */
export interface LogEncoding {
  readonly redactor: Redactor;
  readonly limits: PlainLimits;
  readonly plain: PlainAttributes;
}

/** Writes a record of the span that it was emitted in; `extra` are attributes besides the record's own. It was observed when it was made. */
export function writeLogRecord(
  writer: ItemWriter,
  record: EventRecord,
  { span, extra }: { readonly span: FastSpan | SpanContext | undefined; readonly extra: Attributes | undefined },
  encoding: LogEncoding,
): void {
  const item = writer.beginItem(0x12);
  writeTime(writer, 0x09, record.timeMs);
  writer.uint(0x10, severityNumbers[record.severity]);
  writer.string(0x1a, record.severity);
  if (record.body !== undefined) writeBody(writer, record.body, encoding.redactor);
  writeRecordAttributes(writer, record.attributes, extra, encoding);
  if (span instanceof FastSpan) writeSpan(writer, span);
  else if (span !== undefined) {
    if (span.traceFlags !== 0) writer.fixed32(0x45, span.traceFlags);
    writeIds(writer, [0x4a, 0x52], span);
  }
  writeTime(writer, 0x59, record.timeMs);
  writer.string(0x62, record.eventName);
  writer.endItem(item);
}

function writeSpan(writer: ItemWriter, span: FastSpan): void {
  if (span.isSampled) writer.fixed32(0x45, span.traceFlags);
  writer.reserve(28);
  writer.byte(0x4a);
  writer.byte(16);
  span.traceId.write(writer);
  writer.byte(0x52);
  writer.byte(8);
  writer.word(span.idHigh);
  writer.word(span.idLow);
}

function writeBody(writer: ItemWriter, body: NonNullable<EventRecord["body"]>, redactor: Redactor): void {
  if (typeof body !== "string") return writeValue(writer, 0x2a, redactor.value(body));
  const start = writer.beginMessage(0x2a);
  writer.string(0x0a, redactor.text(body));
  writer.endMessage(start);
}

function writeRecordAttributes(
  writer: ItemWriter,
  attributes: Attributes,
  extra: Attributes | undefined,
  { redactor, limits, plain }: LogEncoding,
): void {
  const before = writer.position;
  let room = plain.write(writer, 0x32, attributes, limits.attributeCountLimit);
  if (room >= 0 && extra !== undefined)
    room = overlaps(extra, attributes) ? -1 : plain.write(writer, 0x32, extra, room);
  if (room >= 0) return writer.uint(0x38, 0);
  writer.position = before;
  const kept: Attributes = {};
  let count = 0;
  let dropped = 0;
  for (const [key, value] of Object.entries({ ...attributes, ...extra })) {
    const decision = maybeAddAttribute({ key, value, attributes: kept, limits, currentAttributesCount: count });
    if (decision === AddAttributeDecision.ADD_NEW) count += 1;
    else if (decision === AddAttributeDecision.DROP_LIMIT_REACHED) dropped += 1;
  }
  writeAttributes(writer, 0x32, redactor.attributes(kept));
  writer.uint(0x38, dropped);
}

/** True when a key of `some` is among `all`, whose value it would replace. */
export function overlaps(some: Attributes, all: Attributes): boolean {
  for (const key in some) if (key in all) return true;
  return false;
}
