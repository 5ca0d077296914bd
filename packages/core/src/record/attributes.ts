import type { Attributes } from "@opentelemetry/api";
import { boundText } from "./bounded-text.ts";
import { safeString } from "./operation-name.ts";

/** Longest attribute text, in UTF-16 units; what is cut is marked. */
export const maxAttributeLength = 8192;
/** Most attributes of one call and most elements of one array. */
export const maxAttributeCount = 128;

type CleanValue = boolean | number | string | boolean[] | number[] | string[];

/** What a user may give as an attribute: telemetry makes the best of it. */
export type AttributesInput = Readonly<Record<string, unknown>>;

/**
 * Attributes that telemetry can carry: texts bounded, big integers and dates as text, objects as JSON, circular parts and
 * getters that throw named as such, functions and `undefined` left out. Never throws.
 */
export function cleanAttributes(input: AttributesInput | undefined): Attributes {
  if (input === undefined || input === null) return {};
  const copy = plainCopy(input);
  if (copy !== undefined) return copy;
  const clean: Attributes = {};
  let count = 0;
  for (const key of readableKeys(input)) {
    if (++count > maxAttributeCount) break;
    const value = cleanValue(input, key);
    if (value !== undefined) clean[key] = value;
  }
  return clean;
}

/** Keys of an object; none where it does not let itself be looked at. */
function readableKeys(input: AttributesInput): readonly string[] {
  try {
    return Object.keys(input);
  } catch {
    return [];
  }
}

/** Attributes that need no cleaning, copied at once: most of them, on the hot path. */
function plainCopy(input: AttributesInput): Attributes | undefined {
  try {
    const copy = { ...input };
    let count = 0;
    for (const key in copy) {
      const value = copy[key];
      const type = typeof value;
      const isPlain = type === "number" || type === "boolean";
      if (!isPlain && !(type === "string" && (value as string).length <= maxAttributeLength)) return undefined;
      if (++count > maxAttributeCount) return undefined;
    }
    return copy;
  } catch {
    return undefined;
  }
}

function cleanValue(input: AttributesInput, key: string): CleanValue | undefined {
  try {
    const value = input[key];
    switch (typeof value) {
      case "string":
        return boundText(value, maxAttributeLength);
      case "number":
      case "boolean":
        return value;
      case "bigint":
        return value.toString();
      case "object":
        return value === null ? undefined : cleanObject(value);
      case "symbol":
        return value.toString();
      default:
        return undefined;
    }
  } catch (error) {
    return `[getter threw: ${boundText(safeString(error), 200)}]`;
  }
}

function cleanObject(value: object): CleanValue {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "[invalid date]" : value.toISOString();
  if (Array.isArray(value)) return cleanArray(value);
  return boundText(boundedJson(value), maxAttributeLength);
}

function cleanArray(value: readonly unknown[]): CleanValue {
  const items = value.slice(0, maxAttributeCount);
  if (items.every((item) => typeof item === "number")) return items;
  if (items.every((item) => typeof item === "boolean")) return items;
  return items.map((item) => boundText(typeof item === "string" ? item : boundedJson(item), maxAttributeLength));
}

/** JSON of at most about 1,000 nodes, eight levels deep; circular references and big integers as text. */
function boundedJson(value: unknown): string {
  let nodes = 0;
  const path: unknown[] = [];
  return (
    JSON.stringify(value, function (this: unknown, _key: string, item: unknown) {
      while (path.length > 0 && path.at(-1) !== this) path.pop();
      nodes += 1;
      if (nodes > 1000) return undefined;
      if (typeof item === "bigint") return item.toString();
      if (typeof item === "string") return boundText(item, maxAttributeLength);
      if (typeof item !== "object" || item === null) return item;
      if (path.includes(item)) return "[circular]";
      if (path.length >= 8) return "[deeper]";
      path.push(item);
      return item;
    }) ?? safeString(value)
  );
}
