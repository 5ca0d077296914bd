import type { Attributes } from "@opentelemetry/api";
import { ATTR_RUNLIGHT_OPERATION_OUTCOME, ATTR_WORKFLOW_EXECUTION_OUTCOME } from "@runlight/conventions/names";
import type { OperationKind, Outcome } from "@runlight/conventions/names";

/** What an ended operation's span carries: the outcome, and all but the exception, which stands on the record. */
export function spanAttributes(kind: OperationKind, outcome: Outcome, all: Attributes): Attributes {
  const span: Attributes = { [ATTR_RUNLIGHT_OPERATION_OUTCOME]: outcome };
  if (kind === "workflow") span[ATTR_WORKFLOW_EXECUTION_OUTCOME] = outcome;
  for (const [name, value] of Object.entries(all)) if (!name.startsWith("exception.")) span[name] = value;
  return span;
}
