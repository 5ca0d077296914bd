import type { Attributes } from "@opentelemetry/api";
import type { AttributeParts } from "@runlight/core";
import { ItemWriter } from "@runlight/spool";
import type { Redactor } from "../redaction/redactor.ts";
import { writeValue } from "./encode-value.ts";
import { createKnownKeys, maxKnownLength, maxKnownTexts } from "./known-keys.ts";
import type { KnownKey } from "./known-keys.ts";
import { Stencil } from "./stencil.ts";
import type { PlainValue, Slot, Surrounding } from "./stencil.ts";

/*
 * Hot path: attributes that are texts, numbers and truth values without secrets are written without being copied, and as one copy of bytes
 * where items before had the same keys. Whether a key or a text holds a secret is asked of the redactor once and remembered.
 */

/** Stencils kept of items with the same shared attributes; further kinds of them are written value by value. */
export const maxStencils = 8;

/** Attributes' limits, as those of spans and of log records have them. */
export interface PlainLimits {
  readonly attributeCountLimit: number;
  readonly attributeValueLengthLimit: number;
}

/** Writes attributes that need no care. */
export interface PlainAttributes {
  /**
   * Writes the attributes of `parts`, then `added`, with what surrounds them. False, and nothing was written, where one needs care: it is
   * beyond the limits, no plain value, holds a secret, or is told twice.
   */
  write(writer: ItemWriter, surrounding: Surrounding, parts: AttributeParts, added: Attributes | undefined): boolean;
}

/** Remembers keys and texts for the life of the process, stencils for that of the shared attributes. `tag` is that of the field that holds the attributes. */
export function createPlainAttributes(redactor: Redactor, limits: PlainLimits, tag: number): PlainAttributes {
  const maxLength = limits.attributeValueLengthLimit > 0 ? limits.attributeValueLengthLimit : Number.POSITIVE_INFINITY;
  const keyOf = createKnownKeys(redactor);
  const stencils = new WeakMap<Attributes, Stencil[]>();
  const scratch = new ItemWriter(1024);
  /** Those of the item that is being written, where it may become a stencil. */
  const slots: Slot[] = [];
  let item = 0;

  /** How many were written; infinite where one needs care. */
  function writePart(writer: ItemWriter, attributes: Attributes, kept: Slot[] | undefined): number {
    let count = 0;
    for (const key in attributes) {
      const known = keyOf(key);
      if (known?.field === undefined || known.writtenIn === item) return care;
      known.writtenIn = item;
      const value = attributes[key];
      const start = writer.position;
      if (!isPlain(value) || !writeSlot(writer, known, value)) return care;
      kept?.push({ key, known, value, start, end: writer.position });
      count += 1;
    }
    return count;
  }

  function writeSlot(writer: ItemWriter, known: KnownKey, value: PlainValue): boolean {
    if (typeof value !== "string") {
      writeValueOf(writer, known, value);
      return true;
    }
    const remembered = known.texts.get(value);
    if (remembered !== undefined) {
      writer.raw(remembered);
      return true;
    }
    if (value.length > maxLength || redactor.text(value) !== value) return false;
    const before = writer.position;
    writeValueOf(writer, known, value);
    if (value.length <= maxKnownLength && known.texts.size < maxKnownTexts)
      known.texts.set(value, Uint8Array.from(writer.bytes.subarray(before, writer.position)));
    return true;
  }

  function writeValueOf(writer: ItemWriter, known: KnownKey, value: PlainValue): void {
    const start = writer.beginMessage(tag);
    writer.raw(known.field as Uint8Array);
    writeValue(writer, 0x12, value);
    writer.endMessage(start);
  }

  function encodeSlot(known: KnownKey, value: PlainValue): Uint8Array | undefined {
    scratch.position = 0;
    return writeSlot(scratch, known, value) ? scratch.bytes.subarray(0, scratch.position) : undefined;
  }

  /** Keeps the bytes from `before` on. */
  function learn(writer: ItemWriter, before: number, surrounding: Surrounding): Stencil {
    for (const slot of slots) {
      slot.start -= before;
      slot.end -= before;
    }
    const bytes = Uint8Array.from(writer.bytes.subarray(before, writer.position));
    return new Stencil(surrounding, bytes, slots.splice(0), encodeSlot);
  }

  return {
    write(writer, surrounding, parts, added) {
      const { shared } = parts;
      const own = parts.own ?? parts.attributes;
      const known = shared === undefined ? undefined : stencils.get(shared);
      if (known !== undefined)
        for (let index = 0; index < known.length; index += 1) {
          const stencil = known[index] as Stencil;
          if (stencil.surrounding !== surrounding || !stencil.fit(own, added)) continue;
          writer.raw(stencil.bytes);
          return true;
        }
      const before = writer.position;
      const kept = known !== undefined && known.length < maxStencils ? slots : undefined;
      let room = limits.attributeCountLimit;
      item += 1;
      slots.length = 0;
      writer.raw(surrounding.prefix);
      if (shared !== undefined) room -= writePart(writer, shared, undefined);
      room -= writePart(writer, own, kept);
      if (added !== undefined) room -= writePart(writer, added, kept);
      if (room < 0) {
        writer.position = before;
        return false;
      }
      writer.raw(surrounding.suffix);
      // At the second item of its kind: what comes once only is not kept.
      if (kept !== undefined) known?.push(learn(writer, before, surrounding));
      else if (shared !== undefined && known === undefined) stencils.set(shared, []);
      return true;
    },
  };
}

const care = Number.POSITIVE_INFINITY;

function isPlain(value: unknown): value is PlainValue {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
