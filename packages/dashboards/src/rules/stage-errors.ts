import { ATTR_RUNLIGHT_OPERATION_OUTCOME, METRIC_RUNLIGHT_STAGE_DURATION } from "@runlight/conventions/names";
import { prometheusLabel, prometheusName } from "../prometheus-name.ts";
import { counted, seriesOf, workflow } from "./expressions.ts";
import type { AlertRule } from "./rule.ts";

const count = prometheusName(METRIC_RUNLIGHT_STAGE_DURATION, "count");
const outcome = prometheusLabel(ATTR_RUNLIGHT_OPERATION_OUTCOME);
const failed = `${count}{${outcome}!~"success|skip"}`;
const by = `service_name, ${workflow}`;
const failing = seriesOf(count, { [workflow]: "nightly", [outcome]: "failure" });

/** Many more stages fail than on an ordinary day. */
export const errorSpike: AlertRule = {
  name: "RunlightErrorSpike",
  expression: [
    `sum by (${by}) ${counted(failed, "15m")} >= 5`,
    `unless sum by (${by}) (increase(${failed}[15m])) <= 5 * sum by (${by}) (increase(${failed}[1d] offset 15m)) / 96`,
  ].join("\n"),
  severity: "warning",
  summary: "Many stages fail at once.",
  description: `Stages of workflow {{ $labels.${workflow} }} of {{ $labels.service_name }} fail more than five times as often as in the day before.`,
  runbook: [
    "At least five stages failed within a quarter of an hour, and more than five times as many as in a mean quarter of the day before.",
    "1. The dashboard *Runlight: logs and errors* groups them by type and by pattern.",
    "2. One type: one cause, often outside (a server, a disk, credentials). Many types: a release or damaged data.",
  ].join("\n\n"),
  cases: [
    {
      name: "fires when ten stages fail in ten minutes",
      interval: "1m",
      series: [{ series: failing, values: "0x60 1+1x10 11x60" }],
      at: "1h12m",
      fires: [{ service_name: "etl", [workflow]: "nightly" }],
    },
    {
      name: "does not fire for what fails all the time",
      interval: "5m",
      series: [{ series: failing, values: "0+5x320" }],
      at: "25h",
      fires: [],
    },
    {
      name: "does not fire for four failures in a process that lives a minute",
      interval: "1m",
      series: [{ series: failing, values: "_x60 0 4 _x60" }],
      at: "1h5m",
      fires: [],
    },
    {
      name: "does not fire for a single failure",
      interval: "1m",
      series: [{ series: failing, values: "0x60 1x60" }],
      at: "1h12m",
      fires: [],
    },
  ],
};
