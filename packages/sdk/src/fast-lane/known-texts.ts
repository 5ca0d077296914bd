import type { ItemWriter } from "@runlight/spool";

/** Texts remembered at a time; when there are more, all are forgotten, for then they are not the same again and again. */
export const maxKnownTexts = 512;
/** Longest text that is remembered, in UTF-16 units. */
const maxKnownLength = 200;

/** Writes texts of which most come again. */
export interface KnownTexts {
  /** Writes a text as a field. */
  write(writer: ItemWriter, text: string): void;
}

/** Remembers fields of `tag`; `clean` takes secrets out of a text. Hot path: budget 30 ns for a text that was written before. */
export function createKnownTexts(tag: number, clean: (text: string) => string): KnownTexts {
  const fields = new Map<string, Uint8Array>();
  return {
    write(writer, text) {
      const known = fields.get(text);
      if (known !== undefined) return writer.raw(known);
      const before = writer.position;
      writer.string(tag, clean(text));
      if (text.length > maxKnownLength) return;
      if (fields.size >= maxKnownTexts) fields.clear();
      fields.set(text, Uint8Array.from(writer.bytes.subarray(before, writer.position)));
    },
  };
}
