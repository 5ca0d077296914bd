import type { Attributes } from "@opentelemetry/api";
import { redactedMark } from "./mark.ts";
import { createSecretKeyTest } from "./secret-keys.ts";
import { redactText } from "./secret-texts.ts";

/** Deepest nesting examined; what is beyond is replaced, for it cannot be vouched for. */
export const maxDepth = 16;

/** Highest number of values examined in one item; what is beyond is replaced as well. */
export const maxValues = 10_000;

/** Takes secrets out of what is about to be written. Pure; gives the same object back where nothing had to change. */
export interface Redactor {
  text(text: string): string;
  attributes<A extends Attributes | undefined>(attributes: A): A;
  /** Any value of the log data model: text, number, list, map, bytes. */
  value<V>(value: V): V;
}

/**
 * A redactor with the built-in rules.
 *
 * @param keyGlobs further key patterns (globs, case-insensitive) whose values are secrets
 */
export function createRedactor(keyGlobs: readonly string[]): Redactor {
  const isSecretKey = createSecretKeyTest(keyGlobs);

  function redact(value: unknown, secret: boolean, depth: number, budget: { left: number }): unknown {
    if (typeof value === "string") return secret && value !== "" ? redactedMark : redactText(value);
    // Numbers and truth values stay: under such keys they are counts and switches (`gen_ai.usage.input_tokens`).
    if (typeof value !== "object" || value === null) return value;
    if (value instanceof Uint8Array) return secret ? redactedMark : value;
    if (depth >= maxDepth || budget.left <= 0) return redactedMark;
    return Array.isArray(value) ? redactList(value, secret, depth, budget) : redactMap(value, secret, depth, budget);
  }

  function redactList(
    list: readonly unknown[],
    secret: boolean,
    depth: number,
    budget: { left: number },
  ): readonly unknown[] {
    let changed: unknown[] | undefined;
    for (const [index, item] of list.entries()) {
      if (--budget.left < 0) return [...(changed ?? list.slice(0, index)), redactedMark];
      const redacted = redact(item, secret, depth + 1, budget);
      if (changed !== undefined) changed.push(redacted);
      else if (redacted !== item) changed = [...list.slice(0, index), redacted];
    }
    return changed ?? list;
  }

  function redactMap(map: object, secret: boolean, depth: number, budget: { left: number }): object {
    let changed: Record<string, unknown> | undefined;
    for (const [key, item] of Object.entries(map)) {
      const redacted = --budget.left < 0 ? redactedMark : redact(item, secret || isSecretKey(key), depth + 1, budget);
      if (redacted !== item) (changed ??= { ...map })[key] = redacted;
    }
    return changed ?? map;
  }

  const value = <V>(given: V): V => redact(given, false, 0, { left: maxValues }) as V;
  return { text: redactText, attributes: (attributes) => value(attributes), value };
}
