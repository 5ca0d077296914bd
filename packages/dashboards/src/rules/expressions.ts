import { ATTR_RUNLIGHT_OPERATION_NAME, ATTR_WORKFLOW_DEFINITION_NAME } from "@runlight/conventions/names";
import { prometheusLabel } from "../prometheus-name.ts";

/** Label of the workflow's name. */
export const workflow: string = prometheusLabel(ATTR_WORKFLOW_DEFINITION_NAME);

/** Label of the operation's name. */
export const operation: string = prometheusLabel(ATTR_RUNLIGHT_OPERATION_NAME);

/** A counter has gone up in the last five minutes, or stands there for the first time: a process that lives a second leaves one sample. */
export function wentUp(series: string): string {
  return `((increase(${series}[5m]) > 0) or (${series} unless ${series} offset 5m))`;
}

/** A series as `promtool` reads it, of one process that runs the workflow `nightly`. */
export function seriesOf(metric: string, labels: Readonly<Record<string, string>> = {}): string {
  const all = { service_name: "etl", service_instance_id: "a", ...labels };
  return `${metric}{${Object.entries(all)
    .map(([name, value]) => `${name}="${value}"`)
    .join(",")}}`;
}
