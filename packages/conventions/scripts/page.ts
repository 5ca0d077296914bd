import type { Registry } from "./names.ts";

/** Renders docs/telemetry.md: everything Runlight emits. */
export function renderTelemetryPage(registry: Registry): string {
  return [
    "# What Runlight emits",
    "",
    "Generated from `packages/conventions/src/registry` by `npm run generate`. Names come from OpenTelemetry's semantic conventions where they have one, from their open workflow proposal (PR #2387) next, and stand under `runlight.` otherwise.",
    "",
    "## Spans",
    "",
    "A span is named `<kind> <name>`. What puts a pipeline into a queue has a producer span besides, named `queue <name>`.",
    "",
    ...table(
      ["kind", "what", "attributes"],
      registry.spans.map((entry) => [code(entry.kind), entry.brief, entry.attributes.map(code).join(" ")]),
    ),
    "",
    "## Events",
    "",
    "Log records with an `eventName`.",
    "",
    ...table(
      ["event", "severity", "when", "attributes"],
      registry.events.map((entry) => [
        code(entry.name),
        entry.severity,
        entry.brief,
        entry.attributes.map(code).join(" "),
      ]),
    ),
    "",
    "## Metrics",
    "",
    ...table(
      ["metric", "instrument", "unit", "what", "attributes", "buckets"],
      registry.metrics.map((entry) => [
        code(entry.name),
        entry.instrument,
        code(entry.unit),
        entry.brief,
        entry.attributes.map(code).join(" "),
        entry.buckets?.join(" ") ?? "",
      ]),
    ),
    "",
    "## Attributes",
    "",
    "A metric never carries an attribute marked unbounded, with one exception: `runlight.run.info` names the runs now active.",
    "",
    ...table(
      ["attribute", "type", "what", "values", "unbounded", "source", "stability"],
      registry.attributes.map((entry) => [
        code(entry.name),
        entry.type,
        entry.brief,
        entry.values?.map(code).join(" ") ?? "",
        entry.unbounded === true ? "yes" : "",
        entry.source,
        entry.stability,
      ]),
    ),
    "",
    "## Resource",
    "",
    ...table(
      ["attribute", "what", "source", "stability"],
      registry.resource.map((entry) => [code(entry.name), entry.brief, entry.source, entry.stability]),
    ),
    "",
  ].join("\n");
}

function code(text: string): string {
  return `\`${text}\``;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return [header, header.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
}
