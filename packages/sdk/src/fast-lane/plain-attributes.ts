import type { Attributes } from "@opentelemetry/api";
import type { ItemWriter } from "@runlight/spool";
import type { Redactor } from "../redaction/redactor.ts";
import { writeNumber } from "./encode-value.ts";

/*
 * Hot path: attributes that are texts, numbers and truth values without secrets are written without being copied. Budget 30 ns for one
 * that was seen before. Whether a key or a text holds a secret is asked of the redactor once and remembered, texts together with their bytes.
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
  /** Whole `KeyValue` messages of texts without secrets. */
  readonly texts: Map<string, Uint8Array>;
}

/** Attributes' limits, as those of spans and of log records have them. */
export interface PlainLimits {
  readonly attributeCountLimit: number;
  readonly attributeValueLengthLimit: number;
}

/** Writes attributes that need no care. */
export interface PlainAttributes {
  /**
   * Writes all of `attributes`; `room` is how many more the limit admits. Gives what room is left, or -1 where one needs care: it is beyond the
   * limits, no plain value, or holds a secret. The caller then takes back what was written.
   */
  write(writer: ItemWriter, tag: number, attributes: Attributes, room: number): number;
}

/** Remembers keys and texts for the life of the process. */
export function createPlainAttributes(redactor: Redactor, limits: PlainLimits): PlainAttributes {
  const maxLength = limits.attributeValueLengthLimit > 0 ? limits.attributeValueLengthLimit : Number.POSITIVE_INFINITY;
  const keys = new Map<string, KnownKey>();

  function learn(key: string): KnownKey | undefined {
    if (keys.size >= maxKnownKeys || key.length === 0 || key.length > maxKnownLength) return undefined;
    // A text no rule matches: it changes only because of its key.
    const isSecret = redactor.attributes({ [key]: "x" })[key] !== "x";
    const known: KnownKey = { field: isSecret ? undefined : keyField(key), texts: new Map() };
    keys.set(key, known);
    return known;
  }

  function writeText(writer: ItemWriter, tag: number, known: KnownKey, value: string): boolean {
    const remembered = known.texts.get(value);
    if (remembered !== undefined) {
      writer.reserve(2);
      writer.byte(tag);
      writer.raw(remembered);
      return true;
    }
    if (value.length > maxLength || redactor.text(value) !== value) return false;
    const start = writer.beginMessage(tag);
    writer.raw(known.field as Uint8Array);
    const inner = writer.beginMessage(0x12);
    writer.string(0x0a, value);
    writer.endMessage(inner);
    writer.endMessage(start);
    if (value.length <= maxKnownLength && known.texts.size < maxKnownTexts)
      known.texts.set(value, Uint8Array.from(writer.bytes.subarray(start - 1, writer.position)));
    return true;
  }

  return {
    write(writer, tag, attributes, room) {
      let left = room;
      for (const key in attributes) {
        const value = attributes[key];
        const known = keys.get(key) ?? learn(key);
        if (known?.field === undefined || --left < 0) return -1;
        if (typeof value === "string") {
          if (!writeText(writer, tag, known, value)) return -1;
        } else if (typeof value === "number" || typeof value === "boolean") {
          const start = writer.beginMessage(tag);
          writer.raw(known.field);
          const inner = writer.beginMessage(0x12);
          if (typeof value === "number") writeNumber(writer, value);
          else writer.uint(0x10, value ? 1 : 0);
          writer.endMessage(inner);
          writer.endMessage(start);
        } else return -1;
      }
      return left;
    },
  };
}

function keyField(key: string): Uint8Array {
  const text = Buffer.from(key);
  // A key of at most a hundred UTF-16 units takes at most three hundred bytes.
  const length = text.length < 128 ? [text.length] : [(text.length & 127) | 128, text.length >> 7];
  return Buffer.concat([Buffer.from([0x0a, ...length]), text]);
}
