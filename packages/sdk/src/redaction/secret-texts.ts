import { redactedMark } from "./mark.ts";

/** Longest text that is examined, in UTF-16 units; what is beyond is cut off, for it cannot be vouched for. */
export const maxTextLength = 262_144;

/** A cheap look that most texts do not pass, so that the rules below seldom run. */
const suspicion =
  /bearer|basic|:\/\/|a[ks]ia|a[bc][ic]a|eyj|-----begin|passw|passphrase|pwd|secret|token|api[-_ ]?key|(?:access|private)[-_ ]?key|credential|authorization|cookie|[?&](?:sig|x-|aws)|gh[pousr]_|github_pat|glpat-|xox[abposr]-|\bsk-|aiza/i;

interface TextRule {
  readonly pattern: RegExp;
  readonly replacement: string;
}

const secretName = String.raw`(?:passw(?:or)?d|passphrase|pwd|secret|token|api[-_ ]?key|access[-_ ]?key|private[-_ ]?key|credentials?)[\w-]{0,32}\\?["']?\s{0,8}[:=]\s{0,8}`;

/*
 * No rule nests a repetition in another and each repetition has an upper bound, so that the work grows with the length of
 * the text only. Order matters: whole headers go before the pairs within them.
 */
const rules: readonly TextRule[] = [
  // Header lines, also as JSON: everything up to the end of the line or the closing quote.
  {
    pattern: /\b((?:proxy-)?authorization|(?:set-)?cookie)(\\?["']?\s{0,8}[:=]\s{0,8}\\?["']?)[^\r\n"']{1,4096}/gi,
    replacement: `$1$2${redactedMark}`,
  },
  { pattern: /\b(bearer|basic)(\s{1,8})[\w.~+/=-]{8,8192}/gi, replacement: `$1$2${redactedMark}` },
  // User information in URLs; the user stays, it helps to find the fault.
  { pattern: /(:\/\/[^\s/:@?#]{0,256}:)[^\s/@]{1,1024}@/g, replacement: `$1${redactedMark}@` },
  { pattern: /(?<![\w-])eyJ[\w-]{10,4096}\.[\w-]{4,8192}(?:\.[\w-]{0,4096})?/g, replacement: redactedMark },
  { pattern: /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/g, replacement: redactedMark },
  {
    pattern:
      /\b(?:gh[pousr]_[A-Za-z\d]{20,255}|github_pat_\w{20,255}|glpat-[\w-]{20,255}|xox[abposr]-[\w-]{10,255}|sk-[\w-]{20,255}|AIza[\w-]{35})/g,
    replacement: redactedMark,
  },
  // Signed URLs.
  {
    pattern: /([?&](?:sig|signature|x-amz-signature|x-goog-signature|awsaccesskeyid)=)[^&\s"'#]{1,4096}/gi,
    replacement: `$1${redactedMark}`,
  },
  // key="value", "key": "value": up to the closing quote.
  {
    pattern: new RegExp(`(${secretName}\\\\?(["']))(?:(?!\\2)[^\\r\\n]){1,4096}`, "gi"),
    replacement: `$1${redactedMark}`,
  },
  // key=value, key: value.
  {
    pattern: new RegExp(`(${secretName})(?!\\[redacted\\])[^\\s"'&;,)}\\]]{1,4096}`, "gi"),
    replacement: `$1${redactedMark}`,
  },
];

/**
 * The text without what looks like a secret: bearer and basic credentials, passwords in URLs, keys of well-known
 * providers, JSON web tokens, private keys, `password=…` and its like. The same text when there is none.
 * Cost: one search for most texts; otherwise it grows with the length, which is bounded by {@link maxTextLength}.
 */
export function redactText(text: string): string {
  if (text.length > maxTextLength) {
    return `${redactText(text.slice(0, maxTextLength))} [cut: ${text.length - maxTextLength} more characters]`;
  }
  if (text.length < 7 || !suspicion.test(text)) return text;
  let result = redactPrivateKeys(text);
  for (const { pattern, replacement } of rules) result = result.replace(pattern, replacement);
  return result;
}

const keyBegin = /-----BEGIN [A-Z ]{0,32}PRIVATE KEY(?: BLOCK)?-----/;
const keyEnd = /-----END [A-Z ]{0,32}PRIVATE KEY(?: BLOCK)?-----/;

/** Looks for the two marks one after the other instead of with one expression, so that no text is searched twice. */
function redactPrivateKeys(text: string): string {
  let result = "";
  let rest = text;
  for (;;) {
    const begin = keyBegin.exec(rest);
    if (begin === null) return result + rest;
    result += rest.slice(0, begin.index) + redactedMark;
    rest = rest.slice(begin.index + begin[0].length);
    const end = keyEnd.exec(rest);
    // A key that was cut off has no end: nothing after its beginning is kept.
    if (end === null) return result;
    rest = rest.slice(end.index + end[0].length);
  }
}
