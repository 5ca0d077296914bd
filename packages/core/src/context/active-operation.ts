import { context } from "@opentelemetry/api";
import type { Attributes, Context } from "@opentelemetry/api";
import type { Operation } from "../operation/operation.ts";
import { applyBindings } from "./bound-attributes.ts";
import { operationValue, withOperationValue } from "./operation-context.ts";
import { runInBaggage, runAttributes } from "./run-baggage.ts";

/** `parent` with `operation` as the innermost. */
export function withOperation(parent: Context, operation: Operation): Context {
  return withOperationValue(parent, operation);
}

/** `of` outside all operations. */
export function withoutOperation(of: Context): Context {
  return withOperationValue(of, undefined);
}

/** The innermost operation of a context. Default: the active context. */
export function activeOperation(of: Context = context.active()): Operation | undefined {
  return operationValue(of) as Operation | undefined;
}

/**
 * What a span or log record inside a context carries: run, workflow, stage, pipeline, subject and correlation id. Outside any operation of this
 * process it is what another process told through baggage, and what was bound. Default: the active context.
 */
export function operationAttributes(of: Context = context.active()): Attributes {
  const operation = activeOperation(of);
  return applyBindings(operation?.innerAttributes ?? runAttributes(runInBaggage(of)), of);
}
