import type { WireAnyValue, WireId, WireInteger, WireKeyValue, WireResource, WireScope } from "./wire.ts";

/** A decoded attribute or body value. Integers beyond 2^53 are `bigint`; an empty value is `null`. */
export type PlainValue =
  | PlainValue[]
  | Uint8Array
  | bigint
  | boolean
  | number
  | string
  | { [key: string]: PlainValue }
  | null;

/** Decoded attributes. */
export type PlainAttributes = Record<string, PlainValue>;

/** The instrumentation scope of an item. */
export interface PlainScope {
  readonly name: string;
  readonly version: string;
  readonly attributes: PlainAttributes;
}

/** A value without its wrapping. */
export function plainValue(value: WireAnyValue | undefined): PlainValue {
  if (value === undefined) return null;
  if (value.stringValue !== undefined) return value.stringValue;
  if (value.boolValue !== undefined) return value.boolValue;
  if (value.intValue !== undefined) return plainInteger(value.intValue);
  if (value.doubleValue !== undefined) return Number(value.doubleValue);
  if (value.arrayValue !== undefined) return (value.arrayValue.values ?? []).map(plainValue);
  if (value.kvlistValue !== undefined) return plainAttributes(value.kvlistValue.values);
  if (value.bytesValue !== undefined) return bytes(value.bytesValue);
  return null;
}

/** Attributes as an object; of a key that stands twice, the last. */
export function plainAttributes(pairs: readonly WireKeyValue[] | undefined): PlainAttributes {
  return Object.fromEntries((pairs ?? []).map((pair) => [pair.key ?? "", plainValue(pair.value)]));
}

/** A scope, whose absent parts are empty. */
export function plainScope(scope: WireScope | undefined): PlainScope {
  return { name: scope?.name ?? "", version: scope?.version ?? "", attributes: plainAttributes(scope?.attributes) };
}

/** The attributes of a resource. */
export function plainResource(resource: WireResource | undefined): PlainAttributes {
  return plainAttributes(resource?.attributes);
}

/** Hexadecimal, lower case; empty when there is none. */
export function plainId(id: WireId | undefined): string {
  if (id === undefined) return "";
  return typeof id === "string" ? id.toLowerCase() : Buffer.from(id).toString("hex");
}

/** Nanoseconds since 1970, exact. */
export function plainTime(nanoseconds: WireInteger | undefined): bigint {
  return BigInt(nanoseconds ?? 0);
}

/** A `number` where it is exact, else a `bigint`. */
export function plainInteger(value: WireInteger): bigint | number {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : BigInt(value);
}

/** A number from any of its forms: JSON writes 64-bit integers, `NaN` and infinities as texts. */
export function optionalNumber(value: number | string | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}

function bytes(value: Uint8Array | string): Uint8Array {
  return new Uint8Array(typeof value === "string" ? Buffer.from(value, "base64") : value);
}
