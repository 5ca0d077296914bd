import { metrics } from "@runlight/conventions";
import type { MetricEntry } from "@runlight/conventions";
import type { MetricName } from "@runlight/conventions/names";

/** Unit suffixes that Prometheus adds to OTLP names with the strategy `UnderscoreEscapingWithSuffixes`. */
const unitSuffixes: Readonly<Record<string, string>> = { s: "_seconds", By: "_bytes", "1": "_ratio" };

/** The name a metric of the registry has in Prometheus; `part` picks a series of a histogram. */
export function prometheusName(name: MetricName, part?: "bucket" | "count" | "sum"): string {
  const entry = metrics.find((candidate) => candidate.name === name) as MetricEntry;
  const base = `${prometheusLabel(name)}${suffixOf(entry)}`;
  if ((part !== undefined) !== (entry.instrument === "histogram")) {
    throw new RangeError(
      `Cannot name ${name} in Prometheus: part must be given for a histogram and for nothing else, current value is ${part}`,
    );
  }
  return part === undefined ? base : `${base}_${part}`;
}

/** The label an attribute has in Prometheus. */
export function prometheusLabel(name: string): string {
  return name.replaceAll(/[^a-zA-Z0-9_]/gu, "_");
}

function suffixOf(entry: MetricEntry): string {
  // A ratio is a gauge's; a counter of unit 1 has no unit suffix.
  const unit = entry.unit === "1" && entry.instrument !== "gauge" ? "" : (unitSuffixes[entry.unit] ?? "");
  return entry.instrument === "counter" ? `${unit}_total` : unit;
}
