/** Texts remembered at a time; when there are more, all are forgotten, for then they are not the same again and again. */
export const maxKnownTexts = 512;
/** Longest text that is remembered, in UTF-16 units. */
const maxKnownLength = 200;

/** A field that holds a text; the bytes hold until the next call. */
export type FieldOf = (text: string) => Uint8Array;

/** Remembers the fields of texts of which most come again. Hot path: budget 15 ns for a text that was asked for before. */
export function createKnownTexts(encode: FieldOf): FieldOf {
  const fields = new Map<string, Uint8Array>();
  return (text) => {
    const known = fields.get(text);
    if (known !== undefined) return known;
    const made = encode(text);
    if (text.length > maxKnownLength) return made;
    if (fields.size >= maxKnownTexts) fields.clear();
    const kept = Uint8Array.from(made);
    fields.set(text, kept);
    return kept;
  };
}
