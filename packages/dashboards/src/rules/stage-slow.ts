import { METRIC_RUNLIGHT_STAGE_DURATION } from "@runlight/conventions/names";
import { prometheusName } from "../prometheus-name.ts";
import { operation, seriesOf, workflow } from "./expressions.ts";
import type { AlertRule, RuleCase } from "./rule.ts";

const bucket = prometheusName(METRIC_RUNLIGHT_STAGE_DURATION, "bucket");
const count = prometheusName(METRIC_RUNLIGHT_STAGE_DURATION, "count");
const sum = prometheusName(METRIC_RUNLIGHT_STAGE_DURATION, "sum");
const by = `service_name, ${workflow}, ${operation}`;
const ofFit = { [workflow]: "nightly", [operation]: "fit" };
const labels = { service_name: "etl", ...ofFit };

/** One stage an hour of 8 s, for three days; then as `later` says, in seconds of the sum. */
function history(slowFrom: string, inTen: string): RuleCase["series"] {
  return [
    { series: seriesOf(bucket, { ...ofFit, le: "10" }), values: `0+1x72 ${inTen}` },
    { series: seriesOf(bucket, { ...ofFit, le: "60" }), values: "0+1x200" },
    { series: seriesOf(bucket, { ...ofFit, le: "+Inf" }), values: "0+1x200" },
    { series: seriesOf(count, ofFit), values: "0+1x200" },
    { series: seriesOf(sum, ofFit), values: `0+8x72 ${slowFrom}` },
  ];
}

/** The stages of the last three hours took, in the mean, twice what nine of ten took in the week before. */
export const stageSlow: AlertRule = {
  name: "RunlightStageSlow",
  expression: [
    `sum by (${by}) (increase(${sum}[3h])) / sum by (${by}) (increase(${count}[3h]))`,
    `  > 2 * histogram_quantile(0.9, sum by (le, ${by}) (increase(${bucket}[7d] offset 3h)))`,
    `and sum by (${by}) (increase(${count}[7d] offset 3h)) >= 10`,
  ].join("\n"),
  severity: "warning",
  summary: "A stage takes much longer than it used to.",
  description: `Stage {{ $labels.${operation} }} of workflow {{ $labels.${workflow} }} of {{ $labels.service_name }} takes more than twice as long as nine of ten of its runs in the week before.`,
  runbook: [
    "The stages that ended in the last three hours are compared with the same stage in the seven days before; with fewer than ten there is no judgement.",
    "1. The dashboard *Runlight: stages* shows duration, throughput and memory; its exemplars lead to traces of slow and of usual stages: compare the two.",
    "2. Items per second unchanged: there was more data. Fewer: something became slower.",
  ].join("\n\n"),
  cases: [
    {
      name: "fires when stages take five times as long as before",
      interval: "1h",
      series: history("616+40x100", "72x120"),
      at: "76h",
      fires: [labels],
    },
    {
      name: "does not fire while they take what they took",
      interval: "1h",
      series: history("584+8x100", "73+1x100"),
      at: "76h",
      fires: [],
    },
  ],
};
