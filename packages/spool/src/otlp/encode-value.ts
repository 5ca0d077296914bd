import type { Attributes } from "./decoded.ts";
import type { WireWriter } from "./wire-writer.ts";

/** Writes attributes as repeated `KeyValue` fields, in the order of the record. */
export function encodeAttributes(writer: WireWriter, field: number, attributes: Attributes): void {
  for (const [key, value] of Object.entries(attributes)) {
    writer.message(field, () => {
      writer.string(1, key);
      encodeValue(writer, 2, value);
    });
  }
}

/** Writes an `AnyValue`. An integral number is an integer; what OTLP has no value for is an empty one. */
export function encodeValue(writer: WireWriter, field: number, value: unknown): void {
  writer.message(field, () => fillValue(writer, value));
}

function fillValue(writer: WireWriter, value: unknown): void {
  if (typeof value === "string") writer.string(1, value);
  else if (typeof value === "boolean") writer.boolean(2, value);
  else if (typeof value === "bigint") writer.int64(3, value);
  else if (typeof value === "number") fillNumber(writer, value);
  else if (value instanceof Uint8Array) writer.bytes(7, value);
  else if (Array.isArray(value)) {
    writer.message(5, () => {
      for (const item of value) encodeValue(writer, 1, item);
    });
  } else if (typeof value === "object" && value !== null)
    writer.message(6, () => encodeAttributes(writer, 1, { ...value }));
}

function fillNumber(writer: WireWriter, value: number): void {
  const isInt64 = Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63;
  if (isInt64) writer.int64(3, Number.isSafeInteger(value) ? value : BigInt(value));
  else writer.double(4, value);
}
