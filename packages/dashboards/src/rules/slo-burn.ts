import { ATTR_WORKFLOW_EXECUTION_OUTCOME, METRIC_WORKFLOW_EXECUTION_DURATION } from "@runlight/conventions/names";
import { prometheusLabel, prometheusName } from "../prometheus-name.ts";
import { counted, seriesOf, workflow } from "./expressions.ts";
import type { AlertRule } from "./rule.ts";

const count = prometheusName(METRIC_WORKFLOW_EXECUTION_DURATION, "count");
const outcome = prometheusLabel(ATTR_WORKFLOW_EXECUTION_OUTCOME);
const by = `service_name, ${workflow}`;
const labels = { service_name: "etl", [workflow]: "nightly" };
const well = seriesOf(count, { [workflow]: "nightly", [outcome]: "success" });
const failing = seriesOf(count, { [workflow]: "nightly", [outcome]: "failure" });

/** Runs are few, so a rate of seconds says nothing: the share of failed runs, with a least number of them. */
function expression(window: string, share: number): string {
  const failed = `sum by (${by}) ${counted(`${count}{${outcome}!~"success|skip"}`, window)}`;
  return [`${failed} / sum by (${by}) ${counted(count, window)} > ${share}`, `and ${failed} >= 3`].join("\n");
}

const runbook = [
  "The objective is that 95 of 100 runs of a week end well. Of a few runs a day no rate can be taken, so runs are counted, and at least three must have failed.",
  "1. The dashboard *Runlight: runs* lists the failures; do they have one type?",
  "2. Until the cause is mended, each further failure costs what is left of the objective: hold back changes that are not needed.",
].join("\n\n");

/** More than half of a day's runs failed. */
export const sloBurnFast: AlertRule = {
  name: "RunlightSloBurnFast",
  family: "slo-burn",
  expression: expression("1d", 0.5),
  severity: "critical",
  summary: "Most runs of a day failed.",
  description: `More than half of the runs of workflow {{ $labels.${workflow} }} of {{ $labels.service_name }} failed in the last day.`,
  runbook,
  cases: [
    {
      name: "fires when four of six runs failed in a day",
      interval: "1h",
      series: [
        { series: well, values: "0x5 1 1 2x20" },
        { series: failing, values: "0 1 2 3 4x20" },
      ],
      at: "12h",
      fires: [labels],
    },
    {
      name: "does not fire for two failures alone",
      interval: "1h",
      series: [{ series: failing, values: "0 1 2x20" }],
      at: "12h",
      fires: [],
    },
    {
      name: "does not fire for two failures in processes that end with their run",
      interval: "1h",
      series: [
        { series: failing, values: "_ 0 1 _x20" },
        {
          series: seriesOf(count, { service_instance_id: "b", [workflow]: "nightly", [outcome]: "failure" }),
          values: "_x5 0 1 _x20",
        },
      ],
      at: "12h",
      fires: [],
    },
    {
      name: "fires for three failures of a process that starts anew under its name",
      interval: "1h",
      series: [{ series: failing, values: "0 1 _ 0 1 _ 0 1 _x20" }],
      at: "12h",
      fires: [labels],
    },
  ],
};

/** A tenth of a week's runs failed: twice what the objective allows. */
export const sloBurnSlow: AlertRule = {
  name: "RunlightSloBurnSlow",
  family: "slo-burn",
  expression: expression("7d", 0.1),
  severity: "warning",
  summary: "More runs fail than the objective allows.",
  description: `More than a tenth of the runs of workflow {{ $labels.${workflow} }} of {{ $labels.service_name }} failed in the last seven days.`,
  runbook,
  cases: [
    {
      name: "fires when four of twenty runs failed in a week",
      interval: "6h",
      series: [
        { series: well, values: "0+1x16 16x20" },
        { series: failing, values: "0 0 1 1 2 2 3 3 4x20" },
      ],
      at: "120h",
      fires: [labels],
    },
    {
      name: "does not fire while one of twenty failed",
      interval: "6h",
      series: [
        { series: well, values: "0+1x19 19x20" },
        { series: failing, values: "0 0 1x30" },
      ],
      at: "120h",
      fires: [],
    },
  ],
};
