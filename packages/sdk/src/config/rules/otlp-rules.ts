import type { Rule } from "./rule.ts";

const headerName = /^[!#$%&'*+.^_`|~0-9a-z-]+$/i;
// What node:http takes; anything else would make every export fail.
const headerText = /^[\t\u{20}-\u{7e}\u{80}-\u{ff}]*$/u;

/** URL of an OTLP/HTTP receiver. */
export const httpUrl: Rule<string> = {
  text: "an http:// or https:// URL",
  accept: (value) => (typeof value === "string" ? httpHref(value) : undefined),
  parse: (text) => httpHref(text),
};

/** Value of one header of an export request. */
export const headerValue: Rule<string> = {
  text: "text that an HTTP header can carry",
  secret: true,
  accept: (value) => (typeof value === "string" && headerText.test(value) ? value : undefined),
  parse: (text) => headerValue.accept(text),
};

/** Headers as text, in the W3C Baggage format without metadata: what `OTEL_EXPORTER_OTLP_HEADERS` holds. */
export const headerList: Rule<Readonly<Record<string, string>>> = {
  text: "a comma-separated list of name=value pairs, percent-encoded",
  secret: true,
  accept: (value) => (typeof value === "string" ? headersIn(value) : undefined),
  parse: (text) => headersIn(text),
};

/** Resource attributes as text: what `OTEL_RESOURCE_ATTRIBUTES` holds. */
export const attributeList: Rule<Readonly<Record<string, string>>> = {
  text: "a comma-separated list of name=value pairs, percent-encoded",
  accept: (value) => (typeof value === "string" ? pairsIn(value) : undefined),
  parse: (text) => pairsIn(text),
};

/** True for a name that an HTTP header can have. */
export function isHeaderName(name: string): boolean {
  return headerName.test(name);
}

function httpHref(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === "http:" || url?.protocol === "https:" ? url.href : undefined;
}

function headersIn(text: string): Readonly<Record<string, string>> | undefined {
  // Baggage metadata (";…") has no meaning in a header; a semicolon of the value itself is to be percent-encoded.
  if (text.includes(";")) return undefined;
  const pairs = pairsIn(text);
  const fit = pairs && Object.entries(pairs).every(([name, value]) => headerName.test(name) && headerText.test(value));
  return fit ? pairs : undefined;
}

function pairsIn(text: string): Readonly<Record<string, string>> | undefined {
  const pairs: [string, string][] = [];
  for (const pair of text.split(",")) {
    if (pair.trim() === "") continue;
    const equals = pair.indexOf("=");
    const name = decoded(pair.slice(0, Math.max(equals, 0)).trim());
    const value = decoded(pair.slice(equals + 1).trim());
    if (name === undefined || name === "" || value === undefined) return undefined;
    pairs.push([name, value]);
  }
  return Object.fromEntries(pairs);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
