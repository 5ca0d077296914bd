import { attributes, metrics, resource } from "@runlight/conventions";
import type { MetricName } from "@runlight/conventions/names";
import { recordedSeries } from "../bands/signals.ts";
import { hostSeries } from "../host-names.ts";
import { prometheusLabel, prometheusName } from "../prometheus-name.ts";
import { stackSeries } from "../stack-names.ts";
import { overdueSeries } from "../workflows/overdue.ts";

/** Resource attributes that Prometheus and Loki make labels, and what Prometheus adds itself. */
const everySeries = [
  "service_name",
  "service_namespace",
  "service_instance_id",
  "deployment_environment_name",
  "job",
  "instance",
];

/** Labels by the name of the series, of everything that can be asked of Prometheus. */
export const knownSeries: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...metrics.flatMap(({ name, instrument, attributes: own }): [string, ReadonlySet<string>][] => {
    const labels = [...everySeries, ...own.map(prometheusLabel)];
    if (instrument !== "histogram") return [[prometheusName(name as MetricName), new Set(labels)]];
    return (["bucket", "count", "sum"] as const).map((part) => [
      prometheusName(name as MetricName, part),
      new Set(part === "bucket" ? [...labels, "le"] : labels),
    ]);
  }),
  ...[...hostSeries, ...stackSeries, ...recordedSeries, ...overdueSeries].map(
    ({ name, labels }): [string, ReadonlySet<string>] => [name, new Set([...everySeries, ...labels])],
  ),
]);

/** Labels and structured metadata of log records. */
export const knownLogLabels: ReadonlySet<string> = new Set([
  ...everySeries,
  ...[...attributes, ...resource].map(({ name }) => prometheusLabel(name)),
  "event_name",
  "severity_text",
  "severity_number",
  "trace_id",
  "span_id",
]);

/** Attributes of spans and their resource. */
export const knownSpanAttributes: ReadonlySet<string> = new Set([...attributes, ...resource].map(({ name }) => name));
