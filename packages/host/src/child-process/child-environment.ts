import { createRequire } from "node:module";
import { context as contextApi, propagation } from "@opentelemetry/api";
import type { Context } from "@opentelemetry/api";
import type * as EnvironmentCarrier from "@opentelemetry/propagator-env-carrier";

const require = createRequire(import.meta.url);

/** Loaded with the first child process. */
const carrierPackage = (): typeof EnvironmentCarrier =>
  require("@opentelemetry/propagator-env-carrier") as typeof EnvironmentCarrier;

/** Variables to add; `undefined` takes one away. */
export type EnvironmentChanges = Readonly<Record<string, string | undefined>>;

/**
 * The environment of a child process: this process's own with `changes`, and the trace and baggage of `context` in `TRACEPARENT`,
 * `TRACESTATE` and `BAGGAGE`, so that telemetry of the child joins in whatever language it is written. `OTEL_*` passes through as it is.
 */
export function childEnvironment(context: Context, changes: EnvironmentChanges): NodeJS.ProcessEnv {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...process.env, ...changes }))
    if (value !== undefined) environment[name] = value;
  const carried: Record<string, string> = {};
  propagation.inject(context, undefined, new (carrierPackage().EnvironmentSetter)(carried));
  if (Object.keys(carried).length === 0) return environment;
  // What this process was given itself belongs to another span.
  for (const field of propagation.fields()) delete environment[field.toUpperCase().replaceAll("-", "_")];
  return { ...environment, ...carried };
}

/** `parent` with the trace and baggage that this process was given in its environment, where a propagator is registered. Default: the active context. */
export function contextFromEnvironment(parent: Context = contextApi.active()): Context {
  return propagation.extract(parent, undefined, new (carrierPackage().EnvironmentGetter)());
}
