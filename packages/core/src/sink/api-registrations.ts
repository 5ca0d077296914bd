/** What can be registered with the OpenTelemetry API. */
export type ApiGlobal = "context" | "diag" | "logs" | "metrics" | "propagation" | "trace";

/** True when somebody has registered a global of this type. The API has no question for it that does not also log. */
export function isApiRegistered(type: ApiGlobal): boolean {
  return registered()?.[type] !== undefined;
}

/** True while what is handed to the API goes nowhere: nobody has registered providers. Hot path: budget 10 ns. */
export function isApiIdle(): boolean {
  const api = registered();
  return api === undefined || (api.trace === undefined && api.metrics === undefined && api.logs === undefined);
}

/** Where all versions of the API with this major number keep what was registered. */
const key = Symbol.for("opentelemetry.js.api.1");

function registered(): Partial<Record<ApiGlobal, unknown>> | undefined {
  return (globalThis as { [key]?: Partial<Record<ApiGlobal, unknown>> })[key];
}
