import { createContextKey } from "@opentelemetry/api";
import type { Context, Span } from "@opentelemetry/api";

/*
 * Hot path: a context of the API is a map that is copied for each value set. Each operation sets two, so they are fields here. Budget 15 ns.
 */

/** The key under which the API keeps the active span: `createContextKey` gives the same symbol for the same description. */
const spanKey = createContextKey("OpenTelemetry Context Key SPAN");
/** A key of this copy of the package alone: another copy's operations are of another class, and known here by their span and baggage. */
const operationKey = Symbol("runlight operation");

/** A context whose span and operation are fields; everything else is in the context it stands on. */
class OperationContext implements Context {
  readonly base: Context;
  readonly span: unknown;
  operation: unknown;
  /** True until an operation takes the context that was made for its span. */
  isUntaken = false;

  constructor(base: Context, span: unknown, operation: unknown) {
    this.base = base;
    this.span = span;
    this.operation = operation;
  }

  getValue(key: symbol): unknown {
    if (key === spanKey) return this.span;
    return key === operationKey ? this.operation : this.base.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    if (key === spanKey) return new OperationContext(this.base, value, this.operation);
    if (key === operationKey) return new OperationContext(this.base, this.span, value);
    return new OperationContext(this.base.setValue(key, value), this.span, this.operation);
  }

  deleteValue(key: symbol): Context {
    if (key === spanKey || key === operationKey) return this.setValue(key, undefined);
    return new OperationContext(this.base.deleteValue(key), this.span, this.operation);
  }
}

/** `parent` with `span` as the active one, as the API's `trace.setSpan()` sets it. Made for one operation, which {@link withOperationValue} puts into it. */
export function withSpan(parent: Context, span: Span): Context {
  const made =
    parent instanceof OperationContext
      ? new OperationContext(parent.base, span, parent.operation)
      : new OperationContext(parent, span, parent.getValue(operationKey));
  made.isUntaken = true;
  return made;
}

/** `parent` with `operation` under the operation's key: `parent` itself where it was made for the operation. */
export function withOperationValue(parent: Context, operation: unknown): Context {
  if (!(parent instanceof OperationContext)) return new OperationContext(parent, parent.getValue(spanKey), operation);
  if (!parent.isUntaken) return new OperationContext(parent.base, parent.span, operation);
  parent.isUntaken = false;
  parent.operation = operation;
  return parent;
}

/** What stands under the operation's key. */
export function operationValue(of: Context): unknown {
  return of instanceof OperationContext ? of.operation : of.getValue(operationKey);
}
