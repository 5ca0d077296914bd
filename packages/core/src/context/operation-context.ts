import { ROOT_CONTEXT, createContextKey } from "@opentelemetry/api";
import type { Baggage, Context, Span } from "@opentelemetry/api";

/*
 * Hot path: a context of the API is a map that is copied for each value set, and asked for a value it costs more than an operation has for all of
 * them. Each operation sets two values, so they are fields here; what it asks for besides is found once of the context that those of operations stand
 * on. Budget 15 ns.
 */

/** The key under which the API keeps the active span: `createContextKey` gives the same symbol for the same description. */
const spanKey = createContextKey("OpenTelemetry Context Key SPAN");
/** The same of baggage. */
const baggageKey = createContextKey("OpenTelemetry Baggage Key");
/** The same of the stock SDK's wish that nothing be traced. */
const suppressedKey = createContextKey("OpenTelemetry SDK Context Key SUPPRESS_TRACING");
/** The key of attributes that are bound. */
const boundKey = createContextKey("runlight bound attributes");
/** A key of this copy of the package alone: another copy's operations are of another class, and known here by their span and baggage. */
const operationKey = Symbol("runlight operation");

/** What operations ask a context for. Contexts never change, so it is asked once. */
class ContextValues {
  readonly span: unknown;
  readonly operation: unknown;
  readonly baggage: unknown;
  readonly bound: unknown;
  readonly isTracingSuppressed: boolean;

  constructor(of: Context) {
    this.span = of.getValue(spanKey);
    this.operation = of.getValue(operationKey);
    this.baggage = of.getValue(baggageKey);
    this.bound = of.getValue(boundKey);
    this.isTracingSuppressed = of.getValue(suppressedKey) === true;
  }
}

const known = new WeakMap<Context, ContextValues>();
const rootValues = new ContextValues(ROOT_CONTEXT);

function valuesOf(of: Context): ContextValues {
  if (of === ROOT_CONTEXT) return rootValues;
  let values = known.get(of);
  if (values === undefined) known.set(of, (values = new ContextValues(of)));
  return values;
}

/** A context whose span and operation are fields; everything else is in the context it stands on. */
class OperationContext implements Context {
  readonly base: Context;
  /** Those of the base. */
  readonly values: ContextValues;
  readonly span: unknown;
  operation: unknown;
  /** True until an operation takes the context that was made for its span. */
  isUntaken = false;

  constructor(base: Context, values: ContextValues, span: unknown, operation: unknown) {
    this.base = base;
    this.values = values;
    this.span = span;
    this.operation = operation;
  }

  getValue(key: symbol): unknown {
    if (key === spanKey) return this.span;
    return key === operationKey ? this.operation : this.base.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    if (key === spanKey) return new OperationContext(this.base, this.values, value, this.operation);
    if (key === operationKey) return new OperationContext(this.base, this.values, this.span, value);
    return this.#on(this.base.setValue(key, value));
  }

  deleteValue(key: symbol): Context {
    if (key === spanKey || key === operationKey) return this.setValue(key, undefined);
    return this.#on(this.base.deleteValue(key));
  }

  #on(base: Context): Context {
    return new OperationContext(base, valuesOf(base), this.span, this.operation);
  }
}

/** `parent` with `span` as the active one, as the API's `trace.setSpan()` sets it. Made for one operation, which {@link withOperationValue} puts into it. */
export function withSpan(parent: Context, span: Span): Context {
  const made =
    parent instanceof OperationContext
      ? new OperationContext(parent.base, parent.values, span, parent.operation)
      : new OperationContext(parent, valuesOf(parent), span, valuesOf(parent).operation);
  made.isUntaken = true;
  return made;
}

/** `parent` with `operation` under the operation's key: `parent` itself where it was made for the operation. */
export function withOperationValue(parent: Context, operation: unknown): Context {
  if (!(parent instanceof OperationContext)) {
    const values = valuesOf(parent);
    return new OperationContext(parent, values, values.span, operation);
  }
  if (!parent.isUntaken) return new OperationContext(parent.base, parent.values, parent.span, operation);
  parent.isUntaken = false;
  parent.operation = operation;
  return parent;
}

/** `parent` with `bound` as the attributes that are bound. */
export function withBoundValue(parent: Context, bound: unknown): Context {
  return parent.setValue(boundKey, bound);
}

/** What stands under the operation's key. */
export function operationValue(of: Context): unknown {
  return of instanceof OperationContext ? of.operation : valuesOf(of).operation;
}

/** The span of a context, as the API's `trace.getSpan()` finds it. */
export function spanOf(of: Context): Span | undefined {
  return (of instanceof OperationContext ? of.span : valuesOf(of).span) as Span | undefined;
}

/** The baggage of a context, as the API's `propagation.getBaggage()` finds it. */
export function baggageOf(of: Context): Baggage | undefined {
  return (of instanceof OperationContext ? of.values : valuesOf(of)).baggage as Baggage | undefined;
}

/** What stands under the key of attributes that are bound. */
export function boundValue(of: Context): unknown {
  return (of instanceof OperationContext ? of.values : valuesOf(of)).bound;
}

/** True where the stock SDK's `suppressTracing()` holds. */
export function isTracingSuppressed(of: Context): boolean {
  return (of instanceof OperationContext ? of.values : valuesOf(of)).isTracingSuppressed;
}
