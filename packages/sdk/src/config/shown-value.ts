import { redactedMark } from "../redaction/mark.ts";
import { createSecretKeyTest } from "../redaction/secret-keys.ts";
import { redactText } from "../redaction/secret-texts.ts";
import { propagator, sampler } from "./rules/part-rules.ts";

const maxShownLength = 100;
const isSecretKey = createSecretKeyTest([]);

/**
 * A configured value as text for people: one line of at most about 100 characters.
 *
 * Redacted are whatever stands under a name that speaks of secrets, headers of requests, credentials and queries of URLs,
 * and what looks like a secret by itself.
 */
export function shownValue(path: string, value: unknown): string {
  if (value === undefined) return "undefined";
  if (isSecretName(path)) return redactedMark;
  return shorten(shownPart(value));
}

/** True for a name whose value is not to be shown. */
export function isSecretName(name: string): boolean {
  return isSecretKey(name) || /(^|\.)headers?(\.|\[|$)/.test(name);
}

function shownPart(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(withoutSecrets(value));
    case "function":
      return "a function";
    case "object":
      return shownObject(value);
    default:
      return String(value);
  }
}

function shownObject(value: object | null): string {
  try {
    if (value !== null && !Array.isArray(value) && !isPlain(value)) return shownPartOfSdk(value);
    return JSON.stringify(value, (key, part: unknown) => {
      if (isSecretName(key)) return redactedMark;
      return typeof part === "string" ? withoutSecrets(part) : part;
    });
  } catch {
    // A cycle, or a number that JSON does not know, or an object that cannot say what it is.
    return "an object";
  }
}

// Samplers and propagators can say in one line what they are; of anything else the class has to do.
function shownPartOfSdk(value: object): string {
  const fields = propagator.accept(value)?.fields();
  if (fields !== undefined) return fields.length === 0 ? "propagates nothing" : `propagates ${fields.join(", ")}`;
  return sampler.accept(value)?.toString() ?? `a ${value.constructor.name || "object"}`;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function withoutSecrets(text: string): string {
  const shown = redactText(text.slice(0, 10 * maxShownLength));
  return shown
    .replaceAll(/\/\/[^/?#\s]*@/g, `//${redactedMark}@`)
    .replaceAll(/([?&][^=&#\s]+=)[^&#\s]*/g, `$1${redactedMark}`);
}

function shorten(text: string): string {
  return text.length <= maxShownLength ? text : `${text.slice(0, maxShownLength)}…`;
}
