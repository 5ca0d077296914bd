import {
  ATTR_WORKFLOW_EXECUTION_ID,
  ATTR_WORKFLOW_EXECUTION_OUTCOME,
  METRIC_RUNLIGHT_RUN_INFO,
  METRIC_WORKFLOW_EXECUTION_DURATION,
} from "@runlight/conventions/names";
import { prometheusLabel, prometheusName } from "../prometheus-name.ts";
import { seriesOf, workflow } from "./expressions.ts";
import type { AlertRule } from "./rule.ts";

const info = prometheusName(METRIC_RUNLIGHT_RUN_INFO);
const bucket = prometheusName(METRIC_WORKFLOW_EXECUTION_DURATION, "bucket");
const count = prometheusName(METRIC_WORKFLOW_EXECUTION_DURATION, "count");
const outcome = prometheusLabel(ATTR_WORKFLOW_EXECUTION_OUTCOME);
const runId = prometheusLabel(ATTR_WORKFLOW_EXECUTION_ID);
const by = `service_name, ${workflow}`;
const succeeded = `${outcome}="success"`;
const ended = { [workflow]: "nightly", [outcome]: "success" };
// Eight runs of at most ten minutes.
const history = [
  { series: seriesOf(bucket, { ...ended, le: "300" }), values: "0 0+1x8 8x300" },
  { series: seriesOf(bucket, { ...ended, le: "600" }), values: "0 0+1x8 8x300" },
  { series: seriesOf(bucket, { ...ended, le: "+Inf" }), values: "0 0+1x8 8x300" },
  { series: seriesOf(count, ended), values: "0 0+1x8 8x300" },
];
const running = seriesOf(info, { [workflow]: "nightly", [runId]: "r1" });

/** A run that still runs has taken more than twice what nine of ten runs of the last week took. */
export const runSlow: AlertRule = {
  name: "RunlightRunSlow",
  expression: [
    `max by (${by}) (time() - min_over_time(timestamp(${info})[1d:1m]) and ${info})`,
    `  > 2 * histogram_quantile(0.9, sum by (le, ${by}) (increase(${bucket}{${succeeded}}[7d])))`,
    `and sum by (${by}) (increase(${count}{${succeeded}}[7d])) >= 5`,
  ].join("\n"),
  severity: "warning",
  summary: "A run takes much longer than it used to.",
  description: `Workflow {{ $labels.${workflow} }} of {{ $labels.service_name }} runs for more than twice as long as nine of ten of its runs of the last seven days.`,
  runbook: [
    "The run is compared with the successful runs of the same workflow of the last seven days; with fewer than five there is no judgement.",
    "1. `runlight show RUN` tells which stage it is in and how long the others took; the dashboard *Runlight: stages* has the baseline of each.",
    "2. More data than usual? Look at the items processed. If not: a slower host, a slower server, less memory.",
  ].join("\n\n"),
  cases: [
    {
      name: "fires for a run beyond twice the 90th percentile of its history",
      interval: "1m",
      series: [...history, { series: running, values: "_x60 1x200" }],
      at: "1h45m",
      fires: [{ service_name: "etl", [workflow]: "nightly" }],
    },
    {
      name: "does not fire for a run as long as usual",
      interval: "1m",
      series: [...history, { series: running, values: "_x60 1x200" }],
      at: "1h5m",
      fires: [],
    },
    {
      name: "does not fire without a history",
      interval: "1m",
      series: [{ series: running, values: "_x60 1x200" }],
      at: "3h",
      fires: [],
    },
  ],
};
