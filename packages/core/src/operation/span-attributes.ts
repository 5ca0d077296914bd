import type { Attributes } from "@opentelemetry/api";
import {
  ATTR_RUNLIGHT_OPERATION_OUTCOME,
  ATTR_RUNLIGHT_PROCESS_STDERR_TAIL,
  ATTR_RUNLIGHT_PROCESS_STDOUT_TAIL,
  ATTR_WORKFLOW_EXECUTION_OUTCOME,
} from "@runlight/conventions/names";
import type { OperationKind, Outcome } from "@runlight/conventions/names";

/** Long texts that stand on the record alone; trace backends cut them. */
const onRecordOnly: ReadonlySet<string> = new Set([
  ATTR_RUNLIGHT_PROCESS_STDERR_TAIL,
  ATTR_RUNLIGHT_PROCESS_STDOUT_TAIL,
]);

/** What an ended operation's span carries: the outcome, and all but the exception and what else stands on the record alone. */
export function spanAttributes(kind: OperationKind, outcome: Outcome, all: Attributes): Attributes {
  const span: Attributes = { [ATTR_RUNLIGHT_OPERATION_OUTCOME]: outcome };
  if (kind === "workflow") span[ATTR_WORKFLOW_EXECUTION_OUTCOME] = outcome;
  for (const name in all) if (!name.startsWith("exception.") && !onRecordOnly.has(name)) span[name] = all[name];
  return span;
}
