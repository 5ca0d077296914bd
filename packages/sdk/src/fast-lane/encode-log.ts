import type { Attributes, SpanContext } from "@opentelemetry/api";
import { AddAttributeDecision, maybeAddAttribute } from "@opentelemetry/core";
import type { EventRecord } from "@runlight/core";
import type { ItemWriter } from "@runlight/spool";
import type { Redactor } from "../redaction/redactor.ts";
import { putTime, timeBytes } from "./encode-field.ts";
import { writeAttributes, writeValue } from "./encode-value.ts";
import { FastSpan } from "./fast-span.ts";
import { createKnownTexts } from "./known-texts.ts";
import { createLogTails, putTail } from "./log-tail.ts";
import { createPlainAttributes } from "./plain-attributes.ts";
import type { PlainLimits } from "./plain-attributes.ts";

/* Hot path: a record of an operation is written when it is emitted. The bytes are those of the official serializer for the same data. */

const attributesTag = 0x32;

/** Number and text of a severity as their two fields. */
const severityFields = {
  DEBUG: severityField(5, "DEBUG"),
  INFO: severityField(9, "INFO"),
  WARN: severityField(13, "WARN"),
  ERROR: severityField(17, "ERROR"),
  FATAL: severityField(21, "FATAL"),
} as const;

/** Writes records, secrets taken out. */
export interface LogWriter {
  /** Writes a record, emitted in `span`, as an item; `extra` are attributes besides its own. It was observed when it was made. May throw. */
  write(
    writer: ItemWriter,
    record: EventRecord,
    span: FastSpan | SpanContext | undefined,
    extra: Attributes | undefined,
  ): void;
}

/** Remembers texts and attributes for the life of the process. Hot path: budget 200 ns for a record whose texts were seen before. */
export function createLogWriter(redactor: Redactor, limits: PlainLimits): LogWriter {
  const plain = createPlainAttributes(redactor, limits, attributesTag);
  const bodies = createKnownTexts(0x0a, (text) => redactor.text(text));
  const tailOf = createLogTails();

  function writeBody(writer: ItemWriter, body: NonNullable<EventRecord["body"]>): void {
    if (typeof body !== "string") return writeValue(writer, 0x2a, redactor.value(body));
    const start = writer.beginMessage(0x2a);
    bodies.write(writer, body);
    writer.endMessage(start);
  }

  function writeCarefully(writer: ItemWriter, record: EventRecord, extra: Attributes | undefined): number {
    const kept: Attributes = {};
    let count = 0;
    let dropped = 0;
    for (const [key, value] of Object.entries({ ...record.attributes, ...extra })) {
      const decision = maybeAddAttribute({ key, value, attributes: kept, limits, currentAttributesCount: count });
      if (decision === AddAttributeDecision.ADD_NEW) count += 1;
      else if (decision === AddAttributeDecision.DROP_LIMIT_REACHED) dropped += 1;
    }
    writeAttributes(writer, attributesTag, redactor.attributes(kept));
    return dropped;
  }

  return {
    write(writer, record, span, extra) {
      const item = writer.beginItem(0x12);
      writer.reserve(timeBytes);
      putTime(writer, 0x09, record.timeMs);
      writer.raw(severityFields[record.severity]);
      if (record.body !== undefined) writeBody(writer, record.body);
      const tail = tailOf(record.eventName, span);
      if (!plain.write(writer, tail, record, extra)) {
        writer.uint(0x38, writeCarefully(writer, record, extra));
        writer.raw(tail.suffix.subarray(2));
      }
      putTail(writer, tail, record.timeMs, span);
      writer.endItem(item);
    },
  };
}

function severityField(number: number, text: string): Uint8Array {
  return Uint8Array.from([0x10, number, 0x1a, text.length, ...Buffer.from(text)]);
}
