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

/**
 * How far a counter went up in a window such as `1d`, as a whole number: what stands at its end less what stood at its begin.
 * `increase()` extrapolates to the ends of the window, so that a process that lives a second and counts 1 counts as 1.5; it stands in for a counter
 * that began anew under the same labels. Prometheus' modifier `anchored` says the same shorter, but `promtool` tests no rule with it before 3.16.
 */
export function counted(series: string, window: string): string {
  const before = `(${series} offset ${window} or min_over_time(${series}[${window}]))`;
  return [
    `(increase(${series}[${window}]) and resets(${series}[${window}]) > 0`,
    `  or last_over_time(${series}[${window}]) - ${before})`,
  ].join("\n");
}

/** A series as `promtool` reads it, of one process that runs the workflow `nightly`. */
export function seriesOf(metric: string, labels: Readonly<Record<string, string>> = {}): string {
  const all = { service_name: "etl", service_instance_id: "a", ...labels };
  return `${metric}{${Object.entries(all)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(",")}}`;
}
