const maxShownLength = 100;
const redacted = "[redacted]";
const secretName =
  /auth|bearer|cookie|credential|headers?\b|passw|passphrase|private|pwd|secret|session|signature|token|api[-_.]?key|access[-_.]?key/i;

/**
 * A configured value as text for people: one line of at most about 100 characters.
 *
 * Redacted are whatever stands under a name that speaks of secrets, credentials and queries of URLs, and `name=value` pairs with such a name.
 */
export function shownValue(path: string, value: unknown): string {
  if (value === undefined) return "undefined";
  if (secretName.test(path)) return redacted;
  return shorten(shownPart(value));
}

/** True for a name whose value is not to be shown. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

function shownPart(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(withoutSecrets(value));
    case "function":
      return "a function";
    case "bigint":
    case "symbol":
      return String(value);
    case "object":
      return shownObject(value);
    default:
      return String(value);
  }
}

function shownObject(value: object | null): string {
  if (value !== null && !Array.isArray(value) && !isPlain(value)) return `a ${value.constructor.name || "object"}`;
  try {
    return JSON.stringify(value, (key, part: unknown) => {
      if (secretName.test(key)) return redacted;
      return typeof part === "string" ? withoutSecrets(part) : part;
    });
  } catch {
    // A cycle, or a number that JSON does not know.
    return "an object";
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function withoutSecrets(text: string): string {
  return text
    .replaceAll(/\/\/[^/?#\s]*@/g, `//${redacted}@`)
    .replaceAll(/([?&][^=&#\s]+=)[^&#\s]*/g, `$1${redacted}`)
    .replaceAll(/([^=,\s]+)=([^,]*)/g, (pair, name: string) => (secretName.test(name) ? `${name}=${redacted}` : pair));
}

function shorten(text: string): string {
  return text.length <= maxShownLength ? text : `${text.slice(0, maxShownLength)}…`;
}
