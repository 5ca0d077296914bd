import { boundText } from "./bounded-text.ts";

/** Longest name of an operation, in UTF-16 units. */
export const maxNameLength = 200;

/** The name an operation goes by: trimmed, on one line, at most {@link maxNameLength} long, `unnamed` when nothing is left. */
export function operationName(name: unknown): string {
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
