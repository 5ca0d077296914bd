import type { TextMapPropagator } from "@opentelemetry/api";
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from "@opentelemetry/core";
import type { Rule } from "./rule.ts";

/** The propagators a name can stand for, in the order in which they are applied. */
const propagators: ReadonlyMap<string, () => TextMapPropagator> = new Map([
  ["tracecontext", () => new W3CTraceContextPropagator()],
  ["baggage", () => new W3CBaggagePropagator()],
]);

const propagatorNames: readonly string[] = [...propagators.keys()];

/** Propagators by name, as `OTEL_PROPAGATORS` lists them; `none` leaves context in the process. */
export const propagatorList: Rule<TextMapPropagator> = {
  text: `a comma-separated list of ${propagatorNames.join(", ")}, or none`,
  accept: (value) => (typeof value === "string" ? propagatorOf(value) : undefined),
  parse: (text) => propagatorOf(text),
};

/** One propagator for several names, each taken once; `none` among them makes it propagate nothing. */
export function createPropagator(names: readonly string[]): TextMapPropagator {
  const wanted = names.includes("none") ? [] : propagatorNames.filter((name) => names.includes(name));
  return new CompositePropagator({ propagators: wanted.flatMap((name) => propagators.get(name)?.() ?? []) });
}

function propagatorOf(list: string): TextMapPropagator | undefined {
  const names = list.split(",").map((name) => name.trim());
  const known = names.every((name) => name === "none" || propagators.has(name));
  return known ? createPropagator(names) : undefined;
}
