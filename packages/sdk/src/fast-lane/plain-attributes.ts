import type { Attributes } from "@opentelemetry/api";
import { WireWriter } from "@runlight/spool";
import type { ItemWriter } from "@runlight/spool";
import type { Redactor } from "../redaction/redactor.ts";
import { writeValue } from "./encode-value.ts";

/*
 * Hot path: attributes that are texts, numbers and truth values without secrets are written without being copied. Budget 20 ns for one
 * that was seen before, 15 ns for all those that items share. Whether a key or a text holds a secret is asked of the redactor once and
 * remembered, texts together with their bytes.
 */

/** Keys remembered; further ones are asked about each time, on the careful path. */
export const maxKnownKeys = 2048;
/** Texts remembered of one key. */
export const maxKnownTexts = 64;
/** Longest text that is remembered, in UTF-16 units. */
const maxKnownLength = 100;

interface KnownKey {
  /** The `key` field; `undefined` for a key whose values are secrets. */
  readonly field: Uint8Array | undefined;
  /** Whole `KeyValue` messages, with their tag, of texts without secrets. */
  readonly texts: Map<string, Uint8Array>;
  lastText: string | undefined;
  lastBytes: Uint8Array;
  /** The item it was written into last. */
  writtenIn: number;
  /** True once it was among shared attributes. */
  isShared: boolean;
}

/** Attributes that many items share, as bytes. */
interface Block {
  readonly bytes: Uint8Array;
  /** Infinite where they need care. */
  readonly count: number;
}

/** Attributes' limits, as those of spans and of log records have them. */
export interface PlainLimits {
  readonly attributeCountLimit: number;
  readonly attributeValueLengthLimit: number;
}

/** Writes attributes that need no care. */
export interface PlainAttributes {
  /**
   * Writes `shared` (the same object for many items), then `own`, then `added`. False, and nothing was written, where one needs care: it is
   * beyond the limits, no plain value, holds a secret, or is told twice.
   */
  write(writer: ItemWriter, shared: Attributes | undefined, own: Attributes, added: Attributes | undefined): boolean;
}

/** Remembers keys and texts for the life of the process. `tag` is that of the field that holds the attributes. */
export function createPlainAttributes(redactor: Redactor, limits: PlainLimits, tag: number): PlainAttributes {
  const maxLength = limits.attributeValueLengthLimit > 0 ? limits.attributeValueLengthLimit : Number.POSITIVE_INFINITY;
  const keys = new Map<string, KnownKey>();
  const blocks = new WeakMap<Attributes, Block>();
  let item = 0;

  function learn(key: string): KnownKey | undefined {
    if (keys.size >= maxKnownKeys || key.length === 0 || key.length > maxKnownLength) return undefined;
    // A text no rule matches: it changes only because of its key.
    const isSecret = redactor.attributes({ [key]: "x" })[key] !== "x";
    const known: KnownKey = {
      field: isSecret ? undefined : keyField(key),
      texts: new Map(),
      lastText: undefined,
      lastBytes: noBytes,
      writtenIn: 0,
      isShared: false,
    };
    keys.set(key, known);
    return known;
  }

  /** How many were written; infinite where one needs care. */
  function writePart(writer: ItemWriter, attributes: Attributes, besideShared: boolean): number {
    let count = 0;
    for (const key in attributes) {
      const known = keys.get(key) ?? learn(key);
      if (known?.field === undefined || known.writtenIn === item || (besideShared && known.isShared)) return care;
      known.writtenIn = item;
      count += 1;
      const value = attributes[key];
      if (typeof value === "string") {
        if (value === known.lastText) writer.raw(known.lastBytes);
        else if (!writeText(writer, known, value)) return care;
      } else if (typeof value === "number" || typeof value === "boolean") writeValueOf(writer, known.field, value);
      else return care;
    }
    return count;
  }

  function writeText(writer: ItemWriter, known: KnownKey, value: string): boolean {
    const remembered = known.texts.get(value);
    if (remembered !== undefined) {
      known.lastText = value;
      known.lastBytes = remembered;
      writer.raw(remembered);
      return true;
    }
    if (value.length > maxLength || redactor.text(value) !== value) return false;
    const before = writer.position;
    writeValueOf(writer, known.field as Uint8Array, value);
    if (value.length <= maxKnownLength && known.texts.size < maxKnownTexts)
      known.texts.set(value, Uint8Array.from(writer.bytes.subarray(before, writer.position)));
    return true;
  }

  function writeValueOf(writer: ItemWriter, field: Uint8Array, value: boolean | number | string): void {
    const start = writer.beginMessage(tag);
    writer.raw(field);
    writeValue(writer, 0x12, value);
    writer.endMessage(start);
  }

  /** Marks the keys: another part that has one of them needs care. */
  function learnBlock(writer: ItemWriter, shared: Attributes): Block {
    const before = writer.position;
    const count = writePart(writer, shared, false);
    const bytes = Uint8Array.from(writer.bytes.subarray(before, writer.position));
    writer.position = before;
    for (const key in shared) {
      const known = keys.get(key);
      if (known !== undefined) known.isShared = true;
    }
    const block = { bytes, count };
    blocks.set(shared, block);
    return block;
  }

  return {
    write(writer, shared, own, added) {
      const before = writer.position;
      const besideShared = shared !== undefined;
      let room = limits.attributeCountLimit;
      item += 1;
      if (besideShared) {
        const block = blocks.get(shared) ?? learnBlock(writer, shared);
        room -= block.count;
        writer.raw(block.bytes);
      }
      room -= writePart(writer, own, besideShared);
      if (added !== undefined) room -= writePart(writer, added, besideShared);
      if (room < 0) writer.position = before;
      return room >= 0;
    },
  };
}

const care = Number.POSITIVE_INFINITY;
const noBytes = new Uint8Array();

function keyField(key: string): Uint8Array {
  const writer = new WireWriter();
  writer.string(1, key);
  return Uint8Array.from(writer.finish());
}
