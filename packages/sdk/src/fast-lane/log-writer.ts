import type { Attributes, SpanContext } from "@opentelemetry/api";
import { AddAttributeDecision, maybeAddAttribute } from "@opentelemetry/core";
import type { EventRecord } from "@runlight/core";
import { ItemWriter } from "@runlight/spool";
import type { ItemBatch } from "@runlight/spool";
import type { Urgency } from "../pipeline/urgency.ts";
import type { Redactor } from "../redaction/redactor.ts";
import { idsBytes, putIds, putTime, timeBytes, writeIds } from "./encode-field.ts";
import { writeAttributes, writeValue } from "./encode-value.ts";
import { FastSpan } from "./fast-span.ts";
import { createKnownItems } from "./known-items.ts";
import { createKnownTexts } from "./known-texts.ts";
import { createLogForms } from "./log-form.ts";
import type { LogForm } from "./log-form.ts";
import { createPlainAttributes } from "./plain-attributes.ts";
import type { PlainLimits } from "./plain-attributes.ts";
import { itemHeaderBytes } from "./stencil.ts";
import type { Slot, Stencil } from "./stencil.ts";

/* Hot path: a record of an operation is written when it is emitted. The bytes are those of the official serializer for the same data. */

const itemTag = 0x12;
const attributesTag = 0x32;
const idTags = [0x4a, 0x52] as const;

/** The span a record is emitted in. */
type Around = FastSpan | SpanContext | undefined;

/** Writes records, secrets taken out. */
export interface LogWriter {
  /** Writes a record, emitted in `span`, as an item, and says how soon it has to be in the file. `extra` are attributes besides its own. It was observed when it was made. May throw. */
  write(batch: ItemBatch, record: EventRecord, span: Around, extra: Attributes | undefined): Urgency;
}

/** Remembers texts and attributes for the life of the process. Hot path: budget 120 ns for a record of which there were like ones before. */
export function createLogWriter(redactor: Redactor, limits: PlainLimits): LogWriter {
  const plain = createPlainAttributes(redactor, limits, attributesTag);
  const items = createKnownItems<LogForm>();
  const formOf = createLogForms();
  const scratch = new ItemWriter(1024);
  const bodyOf = createKnownTexts((text) => {
    scratch.position = 0;
    writeValue(scratch, 0x2a, redactor.text(text));
    return scratch.bytes.subarray(0, scratch.position);
  });
  const encodeBody: Slot["encode"] = (text) => bodyOf(text as string);

  function writeLike(batch: ItemBatch, stencil: Stencil<LogForm>, record: EventRecord, span: Around): void {
    const { writer } = batch;
    const { nameField, observedBytes } = stencil.form;
    batch.beginLike(stencil);
    batch.edit(itemHeaderBytes, timeBytes);
    putTime(writer, 0x09, record.timeMs);
    stencil.edit(batch);
    batch.edit(stencil.bytes.length - nameField.length - observedBytes, observedBytes);
    writeObserved(writer, record, span);
  }

  /** Where the body stands, if it is a text. */
  function writeBody(writer: ItemWriter, body: EventRecord["body"]): Slot | undefined {
    if (typeof body === "string") {
      const start = writer.position;
      writer.raw(bodyOf(body));
      return { key: "", encode: encodeBody, value: body, start, end: writer.position };
    }
    if (body !== undefined) writeValue(writer, 0x2a, redactor.value(body));
    return undefined;
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
    write(batch, record, span, extra) {
      const { writer } = batch;
      const { body } = record;
      const form = formOf(record, span);
      const isKnown = body === undefined || typeof body === "string";
      const stencil = isKnown ? items.find(form, body, record, extra) : undefined;
      if (stencil !== undefined) {
        writeLike(batch, stencil, record, span);
        return form.urgency;
      }
      const item = writer.beginItem(itemTag);
      writer.reserve(timeBytes);
      putTime(writer, 0x09, record.timeMs);
      writer.raw(form.severityFields);
      const lead = writeBody(writer, body);
      const isPlain = plain.write(writer, record, extra);
      writer.uint(0x38, isPlain ? 0 : writeCarefully(writer, record, extra));
      writeObserved(writer, record, span);
      writer.raw(form.nameField);
      writer.endItem(item);
      if (isKnown && isPlain)
        items.learn(writer, item - itemHeaderBytes, form, { shared: record.shared, lead, slots: plain.slots });
      return form.urgency;
    },
  };
}

/** The span and the time of observation. */
function writeObserved(writer: ItemWriter, { timeMs }: EventRecord, span: Around): void {
  if (span !== undefined) {
    if (span.traceFlags !== 0) writer.fixed32(0x45, span.traceFlags);
    if (span instanceof FastSpan) {
      writer.reserve(idsBytes);
      putIds(writer, idTags, span.traceId, span);
    } else writeIds(writer, idTags, span);
  }
  writer.reserve(timeBytes);
  putTime(writer, 0x59, timeMs);
}
