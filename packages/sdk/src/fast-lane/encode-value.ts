import type { ItemWriter } from "@runlight/spool";

const int64Limit = 2 ** 63;

/** Any attributes as repeated `KeyValue` fields, in their order. Source: opentelemetry-proto, common/v1. */
export function writeAttributes(writer: ItemWriter, tag: number, attributes: object): void {
  for (const [key, value] of Object.entries(attributes)) {
    const start = writer.beginMessage(tag);
    writer.string(0x0a, key);
    writeValue(writer, 0x12, value);
    writer.endMessage(start);
  }
}

/** Any `AnyValue`; what OTLP has no value for is an empty one. */
export function writeValue(writer: ItemWriter, tag: number, value: unknown): void {
  const start = writer.beginMessage(tag);
  if (typeof value === "string") writer.string(0x0a, value);
  else if (typeof value === "boolean") writer.uint(0x10, value ? 1 : 0);
  else if (typeof value === "number") writeNumber(writer, value);
  else if (value instanceof Uint8Array) writer.blob(0x3a, value);
  else if (Array.isArray(value)) {
    const list = writer.beginMessage(0x2a);
    for (const item of value) writeValue(writer, 0x0a, item);
    writer.endMessage(list);
  } else if (typeof value === "object" && value !== null) {
    const map = writer.beginMessage(0x32);
    writeAttributes(writer, 0x0a, value);
    writer.endMessage(map);
  }
  writer.endMessage(start);
}

/** An integral number of 64 bits is an integer, any other a double. */
function writeNumber(writer: ItemWriter, value: number): void {
  if (Number.isInteger(value) && value >= -int64Limit && value < int64Limit) writer.int64(0x18, value);
  else writer.double(0x21, value);
}
