import { isUtf8 } from "node:buffer";
import { stripVTControlCharacters } from "node:util";
import type { OutputLine } from "./line-splitter.ts";

/** A line as a person reads it. */
export interface LineText {
  readonly text: string;
  /** True when bytes that are no UTF-8 were replaced by U+FFFD. */
  readonly replaced: boolean;
}

/** Decodes a line: invalid UTF-8 replaced, colours and other control sequences of terminals left out, no character cut in half. */
export function lineText({ bytes, sizeBytes }: OutputLine): LineText {
  const whole = sizeBytes > bytes.length ? bytes.subarray(0, wholeCharacters(bytes)) : bytes;
  const text = whole.toString("utf8");
  return { text: text.includes("\u001B") ? stripVTControlCharacters(text) : text, replaced: !isUtf8(whole) };
}

/** Bytes up to the end of the last character that is complete. */
export function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
