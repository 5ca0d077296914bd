import type { Attributes, Context, Link, SpanKind } from "@opentelemetry/api";
import {
  ATTR_RUNLIGHT_OPERATION_KIND,
  ATTR_RUNLIGHT_OPERATION_NAME,
  ATTR_RUNLIGHT_PIPELINE_NAME,
  ATTR_RUNLIGHT_STAGE_NAME,
  ATTR_WORKFLOW_DEFINITION_VERSION,
  ATTR_WORKFLOW_TRIGGER_TYPE,
} from "@runlight/conventions/names";
import type { OperationKind, TriggerType } from "@runlight/conventions/names";
import { now } from "../clock.ts";
import { activeOperation, operationAttributes } from "../context/active-operation.ts";
import { bind } from "../context/bound-attributes.ts";
import type { ContextBindings } from "../context/bound-attributes.ts";
import { startingContext } from "../context/process-context.ts";
import { runAttributes } from "../context/run-baggage.ts";
import { cleanAttributes } from "../record/attributes.ts";
import type { AttributesInput } from "../record/attributes.ts";
import { operationName } from "../record/operation-name.ts";
import { runBegan } from "../run/run-life.ts";
import { Run } from "../run/run.ts";
import { Operation } from "./operation.ts";

/** What may be said of an operation when it begins. */
export interface OperationOptions {
  /** Attributes of the span and of the started record. */
  readonly attributes?: AttributesInput;
  /** What the operation works on: a month, a sample; on everything inside. */
  readonly subject?: string;
  /** The user's own correlation id; on everything inside. */
  readonly correlationId?: string;
  /** Other spans this one has to do with. */
  readonly links?: readonly Link[];
  /** Context to begin in, instead of the active one. */
  readonly parentContext?: Context;
  /** Kind of the operation's span. Default: internal. */
  readonly spanKind?: SpanKind;
}

/** What may be said of a workflow when it begins. */
export interface WorkflowOptions extends OperationOptions {
  /** What set the run going. */
  readonly trigger?: TriggerType;
  /** Version of the workflow's definition. */
  readonly version?: string;
}

/** Begins an operation in the active context; a workflow begins a run. */
export function beginOperation(kind: OperationKind, givenName: string, options: WorkflowOptions = {}): Operation {
  const parentContext = bind(options.parentContext ?? startingContext(), bindingsOf(options));
  const parent = activeOperation(parentContext);
  const name = operationName(givenName);
  const startTimeMs = now();
  const run = kind === "workflow" ? new Run(name, startTimeMs) : parent?.run;
  const own = optionAttributes(options);
  const operation = new Operation({
    kind,
    name,
    run,
    isRoot: kind === "workflow",
    parent,
    parentContext,
    startTimeMs,
    attributes: { ...cleanAttributes(options.attributes), ...own },
    identity: { [ATTR_RUNLIGHT_OPERATION_KIND]: kind, [ATTR_RUNLIGHT_OPERATION_NAME]: name },
    innerAttributes: {
      ...operationAttributes(parentContext),
      ...(kind === "workflow" ? runAttributes(run) : {}),
      ...(kind === "stage" ? { [ATTR_RUNLIGHT_STAGE_NAME]: name } : {}),
      ...(kind === "pipeline" ? { [ATTR_RUNLIGHT_PIPELINE_NAME]: name } : {}),
    },
    links: options.links ?? [],
    spanKind: options.spanKind,
  });
  if (kind === "workflow" && run !== undefined) runBegan(run, operation);
  return operation;
}

function optionAttributes(options: WorkflowOptions): Attributes {
  return cleanAttributes({
    [ATTR_WORKFLOW_TRIGGER_TYPE]: options.trigger,
    [ATTR_WORKFLOW_DEFINITION_VERSION]: options.version,
  });
}

function bindingsOf({ subject, correlationId }: OperationOptions): ContextBindings {
  return { ...(subject === undefined ? {} : { subject }), ...(correlationId === undefined ? {} : { correlationId }) };
}
