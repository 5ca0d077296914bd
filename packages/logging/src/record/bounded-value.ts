import { isError } from "./is-error.ts";

/** Bounds of one record: longest text in UTF-16 units, deepest nesting, and nodes in all. */
const maxTextLength = 8192;
const maxDepth = 8;
const maxNodes = 1000;

/**
 * Copies what a user logged into what a log record can carry: texts, numbers, booleans, arrays and maps, nested. Dates, big integers
 * and errors become text or maps; circular, too deep and unreadable parts are named as such; functions and `undefined` are left out.
 * Never throws.
 *
 * @returns Only the fields of `fields`, at most 1,000 values in all.
 */
export function boundedFields(
  fields: Readonly<Record<string, unknown>>,
  leaveOut: ReadonlySet<string>,
): Record<string, unknown> {
  const copy = new BoundedCopy();
  return copy.map(fields, leaveOut);
}

/** `text` cut to `maxLength` UTF-16 units, the cut marked. */
export function boundedText(text: string, maxLength: number = maxTextLength): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength)}… [${text.length - maxLength} more]`;
}

class BoundedCopy {
  readonly #path: object[] = [];
  #nodes = 0;

  map(source: object, leaveOut: ReadonlySet<string> = nothing): Record<string, unknown> {
    const copy: Record<string, unknown> = {};
    for (const key of Object.keys(source)) {
      if (leaveOut.has(key)) continue;
      if (this.#nodes >= maxNodes) return { ...copy, "…": "[more]" };
      const value = this.#read(() => (source as Readonly<Record<string, unknown>>)[key]);
      if (value !== undefined) copy[key] = value;
    }
    return copy;
  }

  #read(get: () => unknown): unknown {
    try {
      return this.#copy(get());
    } catch {
      return "[unreadable]";
    }
  }

  #copy(value: unknown): unknown {
    this.#nodes += 1;
    switch (typeof value) {
      case "string":
        return boundedText(value);
      case "number":
      case "boolean":
        return value;
      case "bigint":
      case "symbol":
        return boundedText(value.toString());
      case "object":
        return value === null ? null : this.#object(value);
      default:
        return undefined;
    }
  }

  #object(value: object): unknown {
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? "[invalid date]" : value.toISOString();
    if (this.#path.includes(value)) return "[circular]";
    if (this.#path.length >= maxDepth) return "[deeper]";
    this.#path.push(value);
    try {
      return this.#parts(value);
    } finally {
      this.#path.pop();
    }
  }

  #parts(value: object): unknown {
    if (Array.isArray(value)) return this.#list(value);
    if (ArrayBuffer.isView(value)) return `[${value.constructor.name} of ${value.byteLength} bytes]`;
    if (isError(value))
      return { name: boundedText(value.name), message: boundedText(value.message), ...this.map(value) };
    if (value instanceof Map) return this.map(Object.fromEntries(takeEntries(value)));
    if (value instanceof Set) return this.#list([...value]);
    return hasJson(value) ? this.#copy(value.toJSON()) : this.map(value);
  }

  #list(items: readonly unknown[]): unknown[] {
    const room = Math.max(0, maxNodes - this.#nodes);
    const copies = items.slice(0, room).map((item) => this.#read(() => item) ?? null);
    return items.length > room ? [...copies, `[${items.length - room} more]`] : copies;
  }
}

const nothing: ReadonlySet<string> = new Set();

function hasJson(value: object): value is { toJSON(): unknown } {
  return "toJSON" in value && typeof value.toJSON === "function";
}

function takeEntries(map: ReadonlyMap<unknown, unknown>): [string, unknown][] {
  return [...map].slice(0, maxNodes).map(([key, value]) => [String(key), value]);
}
