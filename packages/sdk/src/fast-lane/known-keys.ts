import { ItemWriter } from "@runlight/spool";
import type { Redactor } from "../redaction/redactor.ts";
import { writeValue } from "./encode-value.ts";

/** Keys remembered; further ones are asked about each time, on the careful path. */
export const maxKnownKeys = 2048;
/** Texts remembered of one key. */
export const maxKnownTexts = 64;
/** Longest key or text that is remembered, in UTF-16 units. */
const maxKnownLength = 100;

/** A value that may need no care. */
export type PlainValue = boolean | number | string;

/** A field with a value that needs no care, undefined for any other. The bytes hold until the next call of any such function. */
export type Encode = (value: PlainValue) => Uint8Array | undefined;

/** What is known of an attribute's key. */
export interface KnownKey {
  /** The whole `KeyValue` with its tag. */
  readonly encode: Encode;
  /** The item it was written into last. */
  writtenIn: number;
}

/** Finds what is known of a key; undefined for one that is not remembered. */
export type FindKey = (key: string) => KnownKey | undefined;

/**
 * Remembers for the life of the process which keys and which of their texts hold no secret, together with their bytes. `tag` is that of the field
 * that holds attributes; texts longer than `maxLength` need care.
 */
export function createKnownKeys(redactor: Redactor, tag: number, maxLength: number): FindKey {
  const keys = new Map<string, KnownKey>();
  const scratch = new ItemWriter(1024);

  function encode(key: string, value: PlainValue): Uint8Array {
    scratch.position = 0;
    const start = scratch.beginMessage(tag);
    scratch.string(0x0a, key);
    writeValue(scratch, 0x12, value);
    scratch.endMessage(start);
    return scratch.bytes.subarray(0, scratch.position);
  }

  function encoderOf(key: string): Encode {
    // A text no rule matches: it changes only because of its key.
    if (redactor.attributes({ [key]: "x" })[key] !== "x") return needsCare;
    const texts = new Map<string, Uint8Array>();
    return (value) => {
      if (typeof value !== "string") return encode(key, value);
      const known = texts.get(value);
      if (known !== undefined) return known;
      if (value.length > maxLength || redactor.text(value) !== value) return undefined;
      const bytes = encode(key, value);
      if (value.length <= maxKnownLength && texts.size < maxKnownTexts) texts.set(value, Uint8Array.from(bytes));
      return bytes;
    };
  }

  return (key) => {
    const found = keys.get(key);
    if (found !== undefined) return found;
    if (keys.size >= maxKnownKeys || key.length === 0 || key.length > maxKnownLength) return undefined;
    const known: KnownKey = { encode: encoderOf(key), writtenIn: 0 };
    keys.set(key, known);
    return known;
  };
}

function needsCare(): undefined {
  return undefined;
}
