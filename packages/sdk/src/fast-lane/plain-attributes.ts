import type { Attributes } from "@opentelemetry/api";
import type { AttributeParts } from "@runlight/core";
import type { ItemWriter } from "@runlight/spool";
import type { Redactor } from "../redaction/redactor.ts";
import { createKnownKeys } from "./known-keys.ts";
import type { PlainValue } from "./known-keys.ts";
import type { Slot } from "./stencil.ts";

/* Hot path: attributes that are texts, numbers and truth values without secrets are written without being copied. Budget 40 ns for each. */

/** Attributes' limits, as those of spans and of log records have them. */
export interface PlainLimits {
  readonly attributeCountLimit: number;
  readonly attributeValueLengthLimit: number;
}

/** Writes attributes that need no care. */
export interface PlainAttributes {
  /**
   * Writes the attributes of `parts`, then `added`. False, and nothing was written, where one needs care: it is beyond the limits, no plain value,
   * holds a secret, or is told twice.
   */
  write(writer: ItemWriter, parts: AttributeParts, added: Attributes | undefined): boolean;
  /** Where those stand that were written last, but for shared ones. */
  readonly slots: readonly Slot[];
}

/** `tag` is that of the field that holds the attributes. */
export function createPlainAttributes(redactor: Redactor, limits: PlainLimits, tag: number): PlainAttributes {
  const maxLength = limits.attributeValueLengthLimit > 0 ? limits.attributeValueLengthLimit : Number.POSITIVE_INFINITY;
  const keyOf = createKnownKeys(redactor, tag, maxLength);
  const slots: Slot[] = [];
  let item = 0;

  /** How many were written; infinite where one needs care. */
  function writePart(writer: ItemWriter, attributes: Attributes, kept: Slot[] | undefined): number {
    let count = 0;
    for (const key in attributes) {
      const known = keyOf(key);
      const value = attributes[key];
      if (known === undefined || known.writtenIn === item || !isPlain(value)) return care;
      const bytes = known.encode(value);
      if (bytes === undefined) return care;
      known.writtenIn = item;
      count += 1;
      const start = writer.position;
      writer.raw(bytes);
      kept?.push({ key, encode: known.encode, value, start, end: writer.position });
    }
    return count;
  }

  return {
    slots,
    write(writer, parts, added) {
      const before = writer.position;
      let room = limits.attributeCountLimit;
      item += 1;
      slots.length = 0;
      if (parts.shared !== undefined) room -= writePart(writer, parts.shared, undefined);
      room -= writePart(writer, parts.own ?? parts.attributes, slots);
      if (added !== undefined) room -= writePart(writer, added, slots);
      if (room < 0) writer.position = before;
      return room >= 0;
    },
  };
}

const care = Number.POSITIVE_INFINITY;

function isPlain(value: unknown): value is PlainValue {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
