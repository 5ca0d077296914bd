import type { Attributes } from "@opentelemetry/api";
import type { OperationEnd, OperationStart } from "@runlight/core";
import type { ItemWriter } from "@runlight/spool";
import type { Redactor } from "../redaction/redactor.ts";
import { overlaps } from "./encode-log.ts";
import { writeSpanHead, writeSpanTail } from "./encode-span.ts";
import { writeAttributes } from "./encode-value.ts";
import type { FastSpan } from "./fast-span.ts";
import { createPlainAttributes } from "./plain-attributes.ts";
import type { PlainLimits } from "./plain-attributes.ts";

/** Names whose bytes are remembered. */
export const maxKnownNames = 1024;
/** Longest name remembered, in UTF-16 units. */
const maxKnownLength = 200;
const none: Attributes = {};

/** Writes ended spans, secrets taken out. */
export interface SpanWriter {
  /** Writes one span as an item; `end` is what its operation told at the end, where it ended with it. May throw. */
  write(writer: ItemWriter, span: FastSpan, end: OperationEnd | undefined): void;
}

/** Remembers names and attributes for the life of the process. */
export function createSpanWriter(redactor: Redactor, limits: PlainLimits): SpanWriter {
  const plain = createPlainAttributes(redactor, limits);
  const names = new Map<string, Uint8Array>();

  function nameField(name: string): Uint8Array {
    let field = names.get(name);
    if (field === undefined) {
      const text = Buffer.from(redactor.text(name));
      field = Buffer.concat([lengthField(text.length), text]);
      if (names.size < maxKnownNames && name.length <= maxKnownLength) names.set(name, field);
    }
    return field;
  }

  /** True when nothing of the attributes needed care. */
  function writePlain(writer: ItemWriter, span: FastSpan, added: Attributes): boolean {
    if (!span.isPlain) return false;
    const { parts } = span;
    const before = writer.position;
    let room = limits.attributeCountLimit;
    for (let index = 0; index <= parts.length && room >= 0; index += 1) {
      const part = parts[index] ?? added;
      room = isNew(part, parts, index) ? plain.write(writer, 0x4a, part, room) : -1;
    }
    if (room < 0) writer.position = before;
    return room >= 0;
  }

  return {
    write(writer, span, end) {
      const added = end?.attributes ?? none;
      const item = writer.beginItem(0x12);
      writeSpanHead(writer, span, nameField(span.name), span.endTime ?? end?.endTimeMs ?? span.startTimeMs);
      if (!writePlain(writer, span, added)) {
        span.setAttributes(added);
        span.own();
        writeAttributes(writer, 0x4a, redactor.attributes(span.attributes));
      }
      writeSpanTail(writer, span, redactor);
      writer.endItem(item);
    },
  };
}

/** True when no attribute of a part stands in one of the `count` parts before it. */
function isNew(part: Attributes, parts: readonly Attributes[], count: number): boolean {
  for (let index = 0; index < count; index += 1) if (overlaps(part, parts[index] ?? none)) return false;
  return true;
}

/** Tag and length of the name field. */
function lengthField(length: number): Uint8Array {
  const bytes = [0x2a];
  let rest = length;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Uint8Array.from([...bytes, rest]);
}

const spanNames = new Map<string, Map<string, string>>();
let spanNameCount = 0;

/** The name of an operation's span: one text for all of the same kind and name, which need not be put together and hashed each time. */
export function spanName({ kind, name }: OperationStart): string {
  let names = spanNames.get(kind);
  if (names === undefined) spanNames.set(kind, (names = new Map<string, string>()));
  let known = names.get(name);
  if (known === undefined) {
    known = `${kind} ${name}`;
    if (++spanNameCount <= maxKnownNames) names.set(name, known);
  }
  return known;
}
