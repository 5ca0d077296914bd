import { WireWriter } from "@runlight/spool";
import type { Redactor } from "../redaction/redactor.ts";

/** Keys remembered; further ones are asked about each time, on the careful path. */
export const maxKnownKeys = 2048;
/** Texts remembered of one key. */
export const maxKnownTexts = 64;
/** Longest key or text that is remembered, in UTF-16 units. */
export const maxKnownLength = 100;

/** What is known of an attribute's key. */
export interface KnownKey {
  /** The `key` field; `undefined` for a key whose values are secrets. */
  readonly field: Uint8Array | undefined;
  /** Whole `KeyValue` messages, with their tag, of texts without secrets. */
  readonly texts: Map<string, Uint8Array>;
  /** The item it was written into last. */
  writtenIn: number;
}

/** Finds what is known of a key; undefined for one that is not remembered. */
export type FindKey = (key: string) => KnownKey | undefined;

/** Asks the redactor about each key once and remembers the answer for the life of the process. */
export function createKnownKeys(redactor: Redactor): FindKey {
  const keys = new Map<string, KnownKey>();
  return (key) => {
    const found = keys.get(key);
    if (found !== undefined) return found;
    if (keys.size >= maxKnownKeys || key.length === 0 || key.length > maxKnownLength) return undefined;
    // A text no rule matches: it changes only because of its key.
    const isSecret = redactor.attributes({ [key]: "x" })[key] !== "x";
    const known: KnownKey = { field: isSecret ? undefined : keyField(key), texts: new Map(), writtenIn: 0 };
    keys.set(key, known);
    return known;
  };
}

function keyField(key: string): Uint8Array {
  const writer = new WireWriter();
  writer.string(1, key);
  return Uint8Array.from(writer.finish());
}
