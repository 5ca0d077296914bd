import type { OperationEnd } from "@runlight/core";
import type { ItemBatch, ItemWriter } from "@runlight/spool";
import type { Redactor } from "../redaction/redactor.ts";
import {
  kindAndTimesBytes,
  putFlags,
  spanIdsBytes,
  writeKindAndTimes,
  writePlainTail,
  writeSpanIds,
  writeSpanTail,
} from "./encode-span.ts";
import { writeAttributes } from "./encode-value.ts";
import type { FastSpan } from "./fast-span.ts";
import { createKnownItems } from "./known-items.ts";
import { nameField } from "./known-places.ts";
import type { KnownPlace } from "./known-places.ts";
import { createPlainAttributes } from "./plain-attributes.ts";
import type { PlainLimits } from "./plain-attributes.ts";
import { itemHeaderBytes } from "./stencil.ts";
import type { Stencil } from "./stencil.ts";

const itemTag = 0x12;
const attributesTag = 0x4a;
/** Bytes behind the flags, and of them. */
const flagsFromEnd = 4;
const flagsBytes = 2;

/* What spans of one place have in common besides values: whether there is a span above. */
const rootForm = {};
const childForm = {};

/** Writes ended spans, secrets taken out. */
export interface SpanWriter {
  /** Writes one span as an item; `end` is what its operation told at the end, where it ended with it. May throw. */
  write(batch: ItemBatch, span: FastSpan, end: OperationEnd | undefined): void;
}

/** Remembers attributes for the life of the process. Hot path: budget 150 ns for a span that nothing was added to. */
export function createSpanWriter(redactor: Redactor, limits: PlainLimits): SpanWriter {
  const plain = createPlainAttributes(redactor, limits, attributesTag);
  const items = createKnownItems();

  const nameOf = (place: KnownPlace): Uint8Array => (place.nameField ??= nameField(redactor.text(place.spanName)));

  function writeLike(batch: ItemBatch, stencil: Stencil, span: FastSpan, endTimeMs: number): void {
    const { writer } = batch;
    const { bytes } = stencil;
    const idsBytes = spanIdsBytes(span);
    const flagsAt = bytes.length - flagsFromEnd;
    const areFlagsNew = putFlags(bytes, flagsAt, span);
    batch.beginLike(stencil);
    batch.edit(itemHeaderBytes, idsBytes);
    writeSpanIds(writer, span);
    batch.edit(itemHeaderBytes + idsBytes + nameOf(span.place).length, kindAndTimesBytes);
    writeKindAndTimes(writer, span, endTimeMs);
    stencil.edit(batch);
    if (!areFlagsNew) return;
    batch.edit(flagsAt, flagsBytes);
    writer.raw(bytes.subarray(flagsAt, flagsAt + flagsBytes));
  }

  function writePlain(writer: ItemWriter, span: FastSpan, end: OperationEnd): boolean {
    writeSpanIds(writer, span);
    writer.raw(nameOf(span.place));
    writeKindAndTimes(writer, span, end.endTimeMs);
    if (!plain.write(writer, span.start, end.attributes)) return false;
    writePlainTail(writer, span);
    return true;
  }

  function writeCarefully(writer: ItemWriter, span: FastSpan, end: OperationEnd | undefined): void {
    if (end !== undefined) span.setAttributes(end.attributes);
    const details = span.detail();
    writeSpanIds(writer, span);
    writer.raw(details.name === undefined ? nameOf(span.place) : nameField(redactor.text(details.name)));
    writeKindAndTimes(writer, span, details.endTime ?? end?.endTimeMs ?? span.start.startTimeMs);
    writeAttributes(writer, attributesTag, redactor.attributes(details.attributes));
    writeSpanTail(writer, span, details, redactor);
  }

  return {
    write(batch, span, end) {
      const { writer } = batch;
      const { start } = span;
      const isPlain = span.details === undefined && end !== undefined;
      const isKnown = isPlain && span.traceState === undefined;
      const form = span.above === undefined ? rootForm : childForm;
      const stencil = isKnown ? items.find(form, undefined, start, end.attributes) : undefined;
      if (isKnown && stencil !== undefined) return writeLike(batch, stencil, span, end.endTimeMs);
      const item = writer.beginItem(itemTag);
      const isWritten = isPlain && writePlain(writer, span, end);
      if (!isWritten) {
        writer.position = item;
        writeCarefully(writer, span, end);
      }
      writer.endItem(item);
      if (isWritten && isKnown)
        items.learn(writer, item - itemHeaderBytes, form, {
          shared: start.shared,
          lead: undefined,
          slots: plain.slots,
        });
    },
  };
}
