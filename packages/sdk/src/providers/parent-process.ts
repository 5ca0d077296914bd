import { ROOT_CONTEXT, propagation } from "@opentelemetry/api";
import type { Context } from "@opentelemetry/api";

/** Variables by which a parent process hands its context on. Source: OpenTelemetry specification, environment variables as context propagation carriers. */
const carried = { traceparent: "TRACEPARENT", tracestate: "TRACESTATE", baggage: "BAGGAGE" } as const;

/** The context in which this process was started; the root context when its parent told none, or one that cannot be read. */
export function contextOfParentProcess(environment: NodeJS.ProcessEnv): Context {
  const carrier: Record<string, string> = {};
  for (const [header, variable] of Object.entries(carried)) {
    const value = environment[variable];
    if (value !== undefined) carrier[header] = value;
  }
  return propagation.extract(ROOT_CONTEXT, carrier);
}
