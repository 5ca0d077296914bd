import { propagation } from "@opentelemetry/api";
import type { Attributes, Context } from "@opentelemetry/api";
import { ATTR_WORKFLOW_DEFINITION_NAME, ATTR_WORKFLOW_EXECUTION_ID } from "@runlight/conventions/names";
import { operationName } from "../record/operation-name.ts";
import { isRunId } from "../run/run-id.ts";
import type { RunIdentity } from "../sink/operation-sink.ts";
import { baggageOf } from "./operation-context.ts";

/** `parent` with the run in its baggage, so that other processes and services know which run they work for. */
export function withRunInBaggage(parent: Context, run: RunIdentity): Context {
  const baggage = (propagation.getBaggage(parent) ?? propagation.createBaggage())
    .setEntry(ATTR_WORKFLOW_EXECUTION_ID, { value: run.id })
    .setEntry(ATTR_WORKFLOW_DEFINITION_NAME, { value: run.workflowName });
  return propagation.setBaggage(parent, baggage);
}

/** The run that baggage tells of; a stranger's baggage without a run id of our form tells of none. */
export function runInBaggage(of: Context): RunIdentity | undefined {
  const baggage = baggageOf(of);
  const id = baggage?.getEntry(ATTR_WORKFLOW_EXECUTION_ID)?.value;
  if (id === undefined || !isRunId(id)) return undefined;
  return { id, workflowName: operationName(baggage?.getEntry(ATTR_WORKFLOW_DEFINITION_NAME)?.value ?? "") };
}

const none: Attributes = {};

/** The run as attributes; none for `undefined`. */
export function runAttributes(run: RunIdentity | undefined): Attributes {
  return run === undefined
    ? none
    : { [ATTR_WORKFLOW_EXECUTION_ID]: run.id, [ATTR_WORKFLOW_DEFINITION_NAME]: run.workflowName };
}
