import { stripVTControlCharacters } from "node:util";

/** `text` without what moves the cursor, changes colours or breaks the line. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
}

/** A unit as it stands after `count`: `1 row`, `2 rows`; one that does not end in a small letter, or ends in `s`, stays as it is. */
export function unitAfter(count: number, unit: string): string {
  const text = printable(unit);
  return count !== 1 && /[a-rt-z]$/.test(text) ? `${text}s` : text;
}
