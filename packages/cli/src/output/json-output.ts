/**
 * One JSON document of `value`, indented, with a newline at its end.
 *
 * A property that is `undefined` becomes `null`, so that the keys of a document are always the same; so does a number that is not finite.
 * Integers beyond 2^53 become decimal digits, bytes base64.
 */
export function toJsonDocument(value: unknown): string {
  return `${JSON.stringify(value, toJsonValue, 2)}\n`;
}

/** The same on one line, without the newline. */
export function toJsonLine(value: unknown): string {
  return JSON.stringify(value, toJsonValue);
}

function toJsonValue(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  if (value === undefined) return null;
  if (typeof value === "bigint") return String(value);
  // A Buffer has become an object by now.
  const given = this[key];
  return given instanceof Uint8Array ? Buffer.from(given).toString("base64") : value;
}
