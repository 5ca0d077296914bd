import type { Attributes } from "@opentelemetry/api";
import { ATTR_RUNLIGHT_PROCESS_STDERR_TAIL, ATTR_RUNLIGHT_PROCESS_STDOUT_TAIL } from "@runlight/conventions/names";

/** Long texts that stand on the record alone; trace backends cut them. */
const onRecordOnly: ReadonlySet<string> = new Set([
  ATTR_RUNLIGHT_PROCESS_STDERR_TAIL,
  ATTR_RUNLIGHT_PROCESS_STDOUT_TAIL,
]);

/** Adds what was told of an operation's end to what its span carries: all but the exception and what else stands on the record alone. */
export function addToSpan(span: Attributes, told: Attributes): void {
  for (const name in told) if (!name.startsWith("exception.") && !onRecordOnly.has(name)) span[name] = told[name];
}
