import { propagation } from "@opentelemetry/api";
import type { Baggage } from "@opentelemetry/api";
import { ATTR_WORKFLOW_DEFINITION_NAME, ATTR_WORKFLOW_EXECUTION_ID } from "@runlight/conventions/names";

/** Most entries that baggage carries, and longest text of all of them. Source: W3C Baggage, "Limits". */
export const maxBaggageEntries = 64;
/** Longest baggage, in UTF-16 units of its text, which is ASCII. */
export const maxBaggageLength = 8192;

const runEntries: ReadonlySet<string> = new Set([ATTR_WORKFLOW_EXECUTION_ID, ATTR_WORKFLOW_DEFINITION_NAME]);
const token = /^[\w!#$%&'*+.^`|~-]{1,256}$/u;
// oxlint-disable-next-line eslint/no-control-regex -- what must not get into headers and logs
const control = /[\u0000-\u001F\u007F]/u;

/** Baggage as text, the run first, and how many entries there was no room for. Source: W3C Baggage. */
export function formatBaggage(baggage: Baggage): { readonly text: string; readonly leftOut: number } {
  const entries = baggage.getAllEntries();
  const members = [
    ...entries.filter(([name]) => runEntries.has(name)),
    ...entries.filter(([name]) => !runEntries.has(name)),
  ];
  let text = "";
  let count = 0;
  for (const [name, { value }] of members) {
    const member = `${name}=${encodeURIComponent(value.toWellFormed())}`;
    const longer = text === "" ? member : `${text},${member}`;
    if (!token.test(name) || count >= maxBaggageEntries || longer.length > maxBaggageLength) continue;
    text = longer;
    count += 1;
  }
  return { text, leftOut: members.length - count };
}

/** Baggage of a text of at most {@link maxBaggageLength}, and how many of its members could not be read or were too many. Never throws. */
export function parseBaggage(text: string): { readonly baggage: Baggage; readonly leftOut: number } {
  const members = text.split(",").filter((member) => member.trim() !== "");
  const entries: Record<string, { value: string }> = Object.create(null) as Record<string, { value: string }>;
  let count = 0;
  for (const member of members.slice(0, maxBaggageEntries)) {
    const [pair = ""] = member.split(";", 1);
    const at = pair.indexOf("=");
    const name = pair.slice(0, Math.max(0, at)).trim();
    const value = decoded(pair.slice(at + 1).trim());
    if (!token.test(name) || value === undefined || control.test(value)) continue;
    entries[name] = { value };
    count += 1;
  }
  return { baggage: propagation.createBaggage(entries), leftOut: members.length - count };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
