import { stripVTControlCharacters } from "node:util";

// oxlint-disable-next-line no-control-regex
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/gu;

/**
 * Text from a job as it may be printed: without escape sequences, control characters as `\xNN`, tabs as spaces.
 *
 * What a job logs must not be able to steer the terminal of whoever reads it.
 */
export function printable(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll("\r\n", "\n")
    .replaceAll("\t", "  ")
    .replace(control, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

/** The same on one line: line ends become `⏎`. */
export function printableLine(text: string): string {
  return printable(text).replaceAll("\n", " ⏎ ");
}

/** A copy of `value` with every string inside it printable. */
export function printableValues<Value>(value: Value): Value {
  return mapStrings(value) as Value;
}

function mapStrings(value: unknown): unknown {
  if (typeof value === "string") return printable(value);
  if (Array.isArray(value)) return value.map(mapStrings);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapStrings(inner)]));
}
