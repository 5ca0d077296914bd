import type { OperationEnd } from "@runlight/core";
import type { ItemWriter } from "@runlight/spool";
import type { Redactor } from "../redaction/redactor.ts";
import { plainTail, putFlags, putHead, spanHead, writeSpanIds, writeSpanTail } from "./encode-span.ts";
import { writeAttributes } from "./encode-value.ts";
import type { FastSpan } from "./fast-span.ts";
import type { KnownPlace } from "./known-places.ts";
import { createPlainAttributes } from "./plain-attributes.ts";
import type { PlainLimits } from "./plain-attributes.ts";
import type { Surrounding } from "./stencil.ts";

/** Tag of a span's attributes. */
const attributesTag = 0x4a;

/** Writes ended spans, secrets taken out. */
export interface SpanWriter {
  /** Writes one span as an item; `end` is what its operation told at the end, where it ended with it. May throw. */
  write(writer: ItemWriter, span: FastSpan, end: OperationEnd | undefined): void;
}

/** Remembers attributes for the life of the process. Hot path: budget 200 ns for a span that nothing was added to. */
export function createSpanWriter(redactor: Redactor, limits: PlainLimits): SpanWriter {
  const plain = createPlainAttributes(redactor, limits, attributesTag);

  function surroundingOf(place: KnownPlace): Surrounding {
    return (place.spanSurrounding ??= { prefix: spanHead(redactor.text(place.spanName)), suffix: plainTail });
  }

  function writePlain(writer: ItemWriter, span: FastSpan, end: OperationEnd): boolean {
    const surrounding = surroundingOf(span.place);
    writeSpanIds(writer, span);
    const headEnd = writer.position + surrounding.prefix.length;
    if (!plain.write(writer, surrounding, span.start, end.attributes)) return false;
    putHead(writer, headEnd, span, end.endTimeMs);
    putFlags(writer, span);
    return true;
  }

  function writeCarefully(writer: ItemWriter, span: FastSpan, end: OperationEnd | undefined): void {
    if (end !== undefined) span.setAttributes(end.attributes);
    const details = span.detail();
    writeSpanIds(writer, span);
    writer.raw(details.name === undefined ? surroundingOf(span.place).prefix : spanHead(redactor.text(details.name)));
    putHead(writer, writer.position, span, details.endTime ?? end?.endTimeMs ?? span.start.startTimeMs);
    writeAttributes(writer, attributesTag, redactor.attributes(details.attributes));
    writeSpanTail(writer, span, details, redactor);
  }

  return {
    write(writer, span, end) {
      const item = writer.beginItem(0x12);
      if (span.details !== undefined || end === undefined || !writePlain(writer, span, end)) {
        writer.position = item;
        writeCarefully(writer, span, end);
      }
      writer.endItem(item);
    },
  };
}
