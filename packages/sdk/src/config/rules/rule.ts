/** What a setting must be, for values of a program or a file and for the text of a variable. */
export interface Rule<T> {
  /** Completes "must be …". */
  readonly text: string;
  /** True where the value is never shown, not even in a fault. */
  readonly secret?: true;
  /** The value to use, or `undefined` when the rule is broken. */
  readonly accept: (value: unknown) => T | undefined;
  /** The same for the trimmed, non-empty text of an environment variable. */
  readonly parse: (text: string) => T | undefined;
}

/** `true` or `false`; as text in any case of letters. */
export const trueOrFalse: Rule<boolean> = {
  text: "true or false",
  accept: (value) => (typeof value === "boolean" ? value : undefined),
  parse(text) {
    const word = text.toLowerCase();
    return word === "true" || (word === "false" ? false : undefined);
  },
};

/** Any text but the empty one. */
export const someText: Rule<string> = {
  text: "a non-empty string",
  accept: (value) => (typeof value === "string" && value.trim() !== "" ? value : undefined),
  parse: (text) => text,
};

/** A path of a file or directory. */
export const path: Rule<string> = {
  text: "a path",
  accept: (value) => (typeof value === "string" && value.trim() !== "" && !value.includes("\0") ? value : undefined),
  parse: (text) => path.accept(text),
};

/** A list of non-empty strings; as text separated by commas. */
export const listOfText: Rule<readonly string[]> = {
  text: "a list of non-empty strings",
  accept: (value) => (Array.isArray(value) && value.every(isText) ? value : undefined),
  parse: (text) => listOfText.accept(text.split(",").map((part) => part.trim())),
};

/** One of some words; as text in any case of letters. */
export function oneOf<const T extends string>(...words: readonly T[]): Rule<T> {
  const known: ReadonlyMap<string, T> = new Map(words.map((word) => [word, word]));
  return {
    text: words.length === 1 ? String(words[0]) : `one of ${words.join(", ")}`,
    accept: (value) => (typeof value === "string" ? known.get(value) : undefined),
    parse: (text) => known.get(text.toLowerCase()),
  };
}

/** A whole number within inclusive bounds. */
export function integer(min: number, max: number = Number.MAX_SAFE_INTEGER): Rule<number> {
  const accept = (value: unknown): number | undefined =>
    Number.isSafeInteger(value) && typeof value === "number" && value >= min && value <= max ? value : undefined;
  return {
    text: max === Number.MAX_SAFE_INTEGER ? `an integer of ${min} or more` : `an integer from ${min} to ${max}`,
    accept,
    parse: (text) => accept(numberIn(text)),
  };
}

/** A number within inclusive bounds. */
export function numberBetween(min: number, max: number): Rule<number> {
  const accept = (value: unknown): number | undefined =>
    typeof value === "number" && value >= min && value <= max ? value : undefined;
  return { text: `a number from ${min} to ${max}`, accept, parse: (text) => accept(numberIn(text)) };
}

function numberIn(text: string): number | undefined {
  // Number() would also take "0x10", "Infinity" and blanks.
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}
