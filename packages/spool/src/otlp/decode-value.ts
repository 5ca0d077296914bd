import type { Attributes } from "./decoded.ts";
import { malformed } from "./wire-reader.ts";
import type { WireReader } from "./wire-reader.ts";

/** Values nest at most so deep; the specification names no bound, the stack does. */
const maxDepth = 64;

/** Reads one `KeyValue` into `target`. */
export function decodeKeyValue(reader: WireReader, target: Record<string, unknown>, depth = 0): void {
  let key = "";
  let value: unknown = null;
  while (reader.next()) {
    if (reader.field === 1) key = reader.string();
    else if (reader.field === 2) value = decodeValue(reader.message(), depth + 1);
    else reader.skip();
  }
  // Assigning to this one name would set the prototype instead of a property.
  if (key === "__proto__")
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}

/** Reads one `AnyValue`; null where it holds nothing. */
export function decodeValue(reader: WireReader, depth = 0): unknown {
  if (depth > maxDepth) throw malformed(`values nest deeper than ${maxDepth}`);
  let value: unknown = null;
  while (reader.next()) {
    if (reader.field === 1) value = reader.string();
    else if (reader.field === 2) value = reader.boolean();
    else if (reader.field === 3) value = reader.int64();
    else if (reader.field === 4) value = reader.double();
    else if (reader.field === 5) value = decodeArray(reader.message(), depth);
    else if (reader.field === 6) value = decodeMap(reader.message(), depth);
    else if (reader.field === 7) value = reader.bytes();
    else reader.skip();
  }
  return value;
}

function decodeArray(reader: WireReader, depth: number): readonly unknown[] {
  const values: unknown[] = [];
  while (reader.next()) {
    if (reader.field === 1) values.push(decodeValue(reader.message(), depth + 1));
    else reader.skip();
  }
  return values;
}

function decodeMap(reader: WireReader, depth: number): Attributes {
  const map: Record<string, unknown> = {};
  while (reader.next()) {
    if (reader.field === 1) decodeKeyValue(reader.message(), map, depth);
    else reader.skip();
  }
  return map;
}
