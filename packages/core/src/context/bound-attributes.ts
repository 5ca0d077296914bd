import { context } from "@opentelemetry/api";
import type { Attributes, Context } from "@opentelemetry/api";
import {
  ATTR_RUNLIGHT_CORRELATION_ID,
  ATTR_RUNLIGHT_SUBJECT_ID,
  ATTR_SESSION_ID,
  ATTR_USER_ID,
} from "@runlight/conventions/names";
import { boundText } from "../record/bounded-text.ts";
import { safeString } from "../record/operation-name.ts";
import { boundValue, withBoundValue } from "./operation-context.ts";

/** What can be bound to all spans and log records within a scope; `undefined` takes a binding of an outer scope away. */
export interface ContextBindings {
  /** What is worked on: a month, a sample. */
  readonly subject?: string | undefined;
  /** The user's own correlation id. */
  readonly correlationId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly userId?: string | undefined;
}

const empty: Bound = {};

/** Runs `body` with the bindings on every span and log record inside, across `await` and timers; outside they are not. */
export function withBindings<T>(bindings: ContextBindings, body: () => T): T {
  return context.with(bind(context.active(), bindings), body);
}

/** `attributes` with what is bound in a context, and without what was taken away: the same object for the same attributes and bindings. */
export function applyBindings(attributes: Attributes, of: Context): Attributes {
  const bound = boundIn(of);
  if (bound === empty) return attributes;
  let results = applied.get(bound);
  if (results === undefined) applied.set(bound, (results = new WeakMap<Attributes, Attributes>()));
  let result = results.get(attributes);
  if (result === undefined) results.set(attributes, (result = withBound(attributes, bound)));
  return result;
}

type Bound = Readonly<Record<string, string | undefined>>;

/** What became of attributes, by bindings. */
const applied = new WeakMap<Bound, WeakMap<Attributes, Attributes>>();

function withBound(attributes: Attributes, bound: Bound): Attributes {
  const result: Attributes = { ...attributes };
  for (const [name, value] of Object.entries(bound)) {
    if (value === undefined) delete result[name];
    else result[name] = value;
  }
  return result;
}

/** `parent` with further bindings. */
export function bind(parent: Context, bindings: ContextBindings): Context {
  if (Object.keys(bindings).length === 0) return parent;
  const names = {
    subject: ATTR_RUNLIGHT_SUBJECT_ID,
    correlationId: ATTR_RUNLIGHT_CORRELATION_ID,
    sessionId: ATTR_SESSION_ID,
    userId: ATTR_USER_ID,
  } as const;
  const bound = { ...boundIn(parent) };
  for (const binding of Object.keys(names) as (keyof typeof names)[]) {
    if (binding in bindings)
      bound[names[binding]] =
        bindings[binding] === undefined ? undefined : boundText(safeString(bindings[binding]), 500);
  }
  return withBoundValue(parent, bound);
}

function boundIn(of: Context): Bound {
  return (boundValue(of) as Bound | undefined) ?? empty;
}
