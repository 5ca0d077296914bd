import type { Fault, Rule } from "../source-file.ts";

/** What is left to do stands in an issue, and a path of one machine stands nowhere. */
const unwanted: readonly { readonly pattern: RegExp; readonly message: string }[] = [
  { pattern: /\b(?:TO[D]O|FIX[M]E|X{3}|HA[C]K)\b/g, message: "finish it or open an issue" },
  { pattern: /["'`](?:\/home\/|\/Users\/|\/root\/|\/work\/)/g, message: "a path of one machine" },
];

/** No notes to oneself, no paths of one machine. */
export const words: Rule = ({ text }) =>
  unwanted.flatMap(({ pattern, message }): Fault[] =>
    [...text.matchAll(pattern)].map((match) => ({ offset: match.index, message })),
  );
