import type { Attributes } from "@runlight/spool";

/** The attribute as text, where it is one. */
export function textAt(attributes: Attributes, name: string): string | undefined {
  const value = attributes[name];
  return typeof value === "string" ? value : undefined;
}

/** The attribute as a number, where it is one. */
export function numberAt(attributes: Attributes, name: string): number | undefined {
  const value = attributes[name];
  return typeof value === "bigint" ? Number(value) : typeof value === "number" ? value : undefined;
}
