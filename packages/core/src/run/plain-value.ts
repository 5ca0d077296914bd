import { safeString } from "../record/operation-name.ts";

/** Deepest nesting that is kept. */
export const maxPlainDepth = 16;
/** Most values that are kept. */
export const maxPlainValues = 10_000;

/** A value of the log data model: what JSON can say. */
export type PlainValue =
  | boolean
  | number
  | string
  | null
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue };

/**
 * Anything as a plain value with its keys in order, so that equal content is equal text. Functions and what is undefined are left out; what
 * cannot be kept (a cycle, a getter that throws, what is beyond the bounds) is marked in brackets. Never throws.
 */
export function plainValue(value: unknown): PlainValue {
  const budget = { left: maxPlainValues };
  return plain(value, [], budget) ?? null;
}

function plain(value: unknown, above: readonly object[], budget: { left: number }): PlainValue | undefined {
  switch (typeof value) {
    case "boolean":
    case "string":
      return value;
    case "number":
      return Number.isFinite(value) ? value : String(value);
    case "bigint":
      return String(value);
    case "symbol":
      return value.toString();
    case "object":
      return value === null ? null : plainObject(value, above, budget);
    default:
      return undefined;
  }
}

function plainObject(value: object, above: readonly object[], budget: { left: number }): PlainValue {
  if (above.includes(value)) return "[circular]";
  if (above.length >= maxPlainDepth || budget.left <= 0) return "[truncated]";
  const inside = [...above, value];
  let entries: readonly (readonly [unknown, unknown])[];
  try {
    if (value instanceof Date) return value.toJSON() ?? "[invalid date]";
    if (ArrayBuffer.isView(value)) return `[${value.constructor.name} of ${value.byteLength} bytes]`;
    if (value instanceof Set || Array.isArray(value)) return plainList([...value], inside, budget);
    entries = value instanceof Map ? [...value] : Object.keys(value).map((key) => [key, read(value, key)]);
  } catch {
    return "[unreadable]";
  }
  return plainMap(entries, inside, budget);
}

function plainList(items: readonly unknown[], inside: readonly object[], budget: { left: number }): PlainValue {
  const list: PlainValue[] = [];
  for (const item of items) {
    if (--budget.left < 0) return [...list, "[truncated]"];
    list.push(plain(item, inside, budget) ?? null);
  }
  return list;
}

function plainMap(
  entries: readonly (readonly [unknown, unknown])[],
  inside: readonly object[],
  budget: { left: number },
): PlainValue {
  const map: Record<string, PlainValue> = {};
  const sorted = entries.map(([key, item]) => [safeString(key), item] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [key, item] of sorted) {
    if (--budget.left < 0) break;
    const kept = plain(item, inside, budget);
    // A key such as `__proto__` is a key like any other here.
    if (kept !== undefined) Object.defineProperty(map, key, { value: kept, enumerable: true });
  }
  return map;
}

function read(from: object, key: string): unknown {
  try {
    return Reflect.get(from, key);
  } catch {
    return "[unreadable]";
  }
}
