import type { Attributes, Context, Link, SpanKind } from "@opentelemetry/api";
import { ATTR_WORKFLOW_DEFINITION_VERSION, ATTR_WORKFLOW_TRIGGER_TYPE } from "@runlight/conventions/names";
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
import { recordConfiguration } from "../run/configuration.ts";
import { runBegan } from "../run/run-life.ts";
import { runOutside } from "../run/run-outside.ts";
import { Run } from "../run/run.ts";
import { OperationBeginning } from "./operation-beginning.ts";
import { newPlace, placeOf } from "./operation-place.ts";
import { Operation } from "./operation.ts";
import { runInside } from "./run-inside.ts";

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
  /**
   * Nothing inside has to know of the operation: its body is called in the context around it, so that spans and records from inside belong to
   * what is around. Saves a third of a kernel's cost. Default: false.
   */
  readonly synchronous?: boolean;
}

/** What may be said of a workflow when it begins. */
export interface WorkflowOptions extends OperationOptions {
  /** What set the run going. */
  readonly trigger?: TriggerType;
  /** Version of the workflow's definition. */
  readonly version?: string;
  /** Parameters of the run by name: recorded once as `recordConfiguration` records them, redacted, with a hash on the run's span. */
  readonly configuration?: Readonly<Record<string, unknown>>;
}

/** Begins an operation in the active context; a workflow begins a run. */
export function beginOperation(
  kind: OperationKind,
  givenName: string,
  options: WorkflowOptions = noOptions,
): Operation {
  const outside = options.parentContext ?? startingContext();
  const isBound = options.subject !== undefined || options.correlationId !== undefined;
  const parentContext = isBound ? bind(outside, bindingsOf(options)) : outside;
  if (kind === "workflow") return beginRun(givenName, options, parentContext);
  const parent = activeOperation(parentContext);
  const place = placeOf(kind, givenName, operationAttributes(parentContext));
  const run = parent === undefined ? runOutside(parentContext) : parent.run;
  return new Operation(
    new OperationBeginning(place, run, cleanAttributes(options.attributes), options),
    parent,
    parentContext,
  );
}

const noOptions: WorkflowOptions = {};

function beginRun(givenName: string, options: WorkflowOptions, parentContext: Context): Operation {
  const name = operationName(givenName);
  const run = new Run(name, now());
  const place = newPlace("workflow", name, { ...operationAttributes(parentContext), ...runAttributes(run) });
  const beginning = new OperationBeginning(place, run, attributesOf(options), options);
  const operation = new Operation(beginning, activeOperation(parentContext), parentContext);
  runBegan(run, operation);
  const { configuration } = options;
  if (configuration !== undefined) runInside(operation, () => recordConfiguration(configuration));
  return operation;
}

function attributesOf(options: WorkflowOptions): Attributes {
  const { attributes, trigger, version } = options;
  if (trigger === undefined && version === undefined) return cleanAttributes(attributes);
  return {
    ...cleanAttributes(attributes),
    ...cleanAttributes({ [ATTR_WORKFLOW_TRIGGER_TYPE]: trigger, [ATTR_WORKFLOW_DEFINITION_VERSION]: version }),
  };
}

function bindingsOf({ subject, correlationId }: OperationOptions): ContextBindings {
  return { ...(subject === undefined ? {} : { subject }), ...(correlationId === undefined ? {} : { correlationId }) };
}
