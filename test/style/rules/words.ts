import type { Fault, Rule } from "../source-file.ts";

/** What is left to do stands in an issue, and a path of one machine stands nowhere. */
const unwanted: readonly { readonly pattern: RegExp; readonly message: string }[] = [
  { pattern: /\b(?:TO[D]O|FIX[M]E|X{3}|HA[C]K)\b/g, message: "finish it or open an issue" },
  { pattern: /["'`(: ](?:\/home\/\w|\/Users\/\w|\/root\/\w|\/work\/\w)/g, message: "a path of one machine" },
];

/** No notes to oneself, no paths of one machine. */
export const words: Rule = ({ text }) => unwantedWords(text);

/** The same for the text of a document or a configuration. */
export function unwantedWords(text: string): readonly Fault[] {
  return unwanted.flatMap(({ pattern, message }) =>
    [...text.matchAll(pattern)].map((match): Fault => ({ offset: match.index, message })),
  );
}
