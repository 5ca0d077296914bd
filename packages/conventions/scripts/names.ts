import type { AttributeEntry, EventEntry, MetricEntry, ResourceEntry, SpanEntry } from "../src/registry/entry.ts";

/** The five lists of the registry. */
export interface Registry {
  readonly attributes: readonly AttributeEntry[];
  readonly events: readonly EventEntry[];
  readonly metrics: readonly MetricEntry[];
  readonly resource: readonly ResourceEntry[];
  readonly spans: readonly SpanEntry[];
}

const types = {
  boolean: "boolean",
  double: "number",
  int: "number",
  string: "string",
  "string[]": "readonly string[]",
} as const;

/** Renders the TypeScript constants and types of the registry. */
export function renderNames(registry: Registry): string {
  const attributeNames = registry.attributes.map((entry) => constant("ATTR", entry.name, entry.brief));
  const resourceNames = registry.resource.map((entry) => constant("RESOURCE", entry.name, entry.brief));
  const eventNames = registry.events.map((entry) => constant("EVENT", entry.name, entry.brief));
  const metricNames = registry.metrics.map((entry) =>
    constant("METRIC", entry.name, `${entry.brief} Unit: ${entry.unit}.`),
  );
  const bounded = registry.attributes.filter((entry) => entry.unbounded === undefined);
  const unbounded = registry.attributes.filter((entry) => entry.unbounded === true);
  return [
    "// Generated from src/registry by scripts/generate.ts. Do not edit.",
    "",
    ...attributeNames,
    ...resourceNames,
    ...eventNames,
    ...metricNames,
    "",
    "/** The kinds of operation. */",
    `export type OperationKind = ${union(registry.spans.map((entry) => entry.kind))};`,
    "",
    "/** How an operation can end. */",
    `export type Outcome = ${union(valuesOf(registry, "runlight.operation.outcome"))};`,
    "",
    "/** What can set a run going. */",
    `export type TriggerType = ${union(valuesOf(registry, "workflow.trigger.type"))};`,
    "",
    "/** What a data-quality check can find. */",
    `export type CheckOutcome = ${union(valuesOf(registry, "runlight.check.outcome"))};`,
    "",
    "/** Why telemetry can be dropped. */",
    `export type DropReason = ${union(valuesOf(registry, "runlight.drop.reason"))};`,
    "",
    "/** Every event name. */",
    `export type EventName = ${union(registry.events.map((entry) => entry.name))};`,
    "",
    "/** Every metric name. */",
    `export type MetricName = ${union(registry.metrics.map((entry) => entry.name))};`,
    "",
    "/** Attributes that grow with the number of runs; a metric never carries one. */",
    `export type UnboundedAttributeName = ${union(unbounded.map((entry) => entry.name))};`,
    "",
    "/** What a metric may carry: the registry's bounded attributes, and no id. */",
    "export interface MetricAttributes {",
    ...bounded.map(
      (entry) =>
        `  readonly ${JSON.stringify(entry.name)}?: ${entry.values === undefined ? types[entry.type] : union(entry.values)};`,
    ),
    ...unbounded.map((entry) => `  readonly ${JSON.stringify(entry.name)}?: never;`),
    "}",
    "",
  ].join("\n");
}

function valuesOf(registry: Registry, name: string): readonly string[] {
  const values = registry.attributes.find((entry) => entry.name === name)?.values;
  if (values === undefined) throw new RangeError(`Cannot generate names: attribute ${name} must list its values`);
  return values;
}

function constant(prefix: string, name: string, brief: string): string {
  return `/** ${brief} */\nexport const ${prefix}_${name.toUpperCase().replaceAll(".", "_")} = ${JSON.stringify(name)};`;
}

function union(values: readonly string[]): string {
  return values.map((value) => JSON.stringify(value)).join(" | ");
}
