import { context, createContextKey } from "@opentelemetry/api";
import type { Attributes, Context } from "@opentelemetry/api";
import type { Operation } from "./operation.ts";

const key = createContextKey("runlight operation");

/** `parent` with `operation` as the innermost. */
export function withOperation(parent: Context, operation: Operation): Context {
  return parent.setValue(key, operation);
}

/** The innermost operation of a context. Default: the active context. */
export function activeOperation(of: Context = context.active()): Operation | undefined {
  return of.getValue(key) as Operation | undefined;
}

/** What a span or log record inside the context's operation carries: run, workflow, stage, pipeline, subject. Empty outside any operation. */
export function operationAttributes(of?: Context): Attributes {
  return activeOperation(of)?.innerAttributes ?? {};
}
