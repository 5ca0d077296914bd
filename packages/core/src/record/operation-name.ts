import { boundText } from "./bounded-text.ts";

/** Longest name of an operation, in UTF-16 units. */
export const maxNameLength = 200;

/** The name an operation goes by: trimmed, on one line, at most {@link maxNameLength} long, `unnamed` when nothing is left. */
export function operationName(name: unknown): string {
  const known = typeof name === "string" ? clean.get(name) : undefined;
  if (known !== undefined) return known;
  const made = cleanName(name);
  if (typeof name === "string" && name.length <= maxNameLength && clean.size < maxKnownNames) clean.set(name, made);
  return made;
}

/** Names remembered with what they become: a program has few, and each of its calls gives one. */
const maxKnownNames = 1000;
const clean = new Map<string, string>();

function cleanName(name: unknown): string {
  const text = typeof name === "string" ? name : safeString(name);
  const line = text
    .slice(0, maxNameLength * 4)
    .replaceAll(/\s+/gu, " ")
    .trim();
  return line === "" ? "unnamed" : boundText(line, maxNameLength);
}

/** `String(value)` for values whose conversion may throw. */
export function safeString(value: unknown): string {
  try {
    return String(value);
  } catch {
    return "[unprintable]";
  }
}
