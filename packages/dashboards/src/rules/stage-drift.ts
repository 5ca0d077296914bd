import { METRIC_RUNLIGHT_STAGE_DURATION } from "@runlight/conventions/names";
import { prometheusName } from "../prometheus-name.ts";
import { operation, seriesOf, workflow } from "./expressions.ts";
import type { AlertRule, RuleCase } from "./rule.ts";

const bucket = prometheusName(METRIC_RUNLIGHT_STAGE_DURATION, "bucket");
const count = prometheusName(METRIC_RUNLIGHT_STAGE_DURATION, "count");
const by = `service_name, ${workflow}, ${operation}`;
const ofFit = { [workflow]: "nightly", [operation]: "fit" };
const day = `sum by (${by}) (increase(${count}[1d]))`;
const week = `sum by (${by}) (increase(${count}[7d] offset 1d))`;

/** Part of the stages at or below each bound, in a range as PromQL writes it. */
function distribution(range: string, total: string): string {
  return `sum by (le, ${by}) (increase(${bucket}${range})) / on (${by}) group_left () ${total}`;
}

const distance = [
  `max by (${by}) (abs(`,
  `  ${distribution("[1d]", day)}`,
  `  - ${distribution("[7d] offset 1d", week)}`,
  "))",
].join("\n");

/** Three stages an hour for five days, all within 10 s; on the sixth as `within` says. */
function stages(within: string): RuleCase["series"] {
  return [
    { series: seriesOf(bucket, { ...ofFit, le: "10" }), values: `0+3x120 ${within}` },
    { series: seriesOf(bucket, { ...ofFit, le: "+Inf" }), values: "0+3x200" },
    { series: seriesOf(count, ofFit), values: "0+3x200" },
  ];
}

/** The distribution of durations of a day is another one than that of the week before: Kolmogorov-Smirnov at 0.1 %, and by a third at least. */
export const stageDrift: AlertRule = {
  name: "RunlightStageDrift",
  expression: [
    `${distance} > 0.33`,
    `and ${distance} > 1.95 * sqrt((${day} + ${week}) / (${day} * ${week}))`,
    `and ${day} >= 20`,
    `and ${week} >= 50`,
  ].join("\n"),
  holdFor: "10m",
  severity: "info",
  summary: "The durations of a stage are distributed otherwise than before.",
  description: `Durations of stage {{ $labels.${operation} }} of workflow {{ $labels.${workflow} }} of {{ $labels.service_name }} in the last day do not come from the distribution of the week before.`,
  runbook: [
    "The largest distance between the two distribution functions (Kolmogorov-Smirnov) is beyond what chance gives in one of a thousand, and beyond a third. It sees what a mean hides: a second mode, a longer tail. It asks for 20 stages in the day and 50 in the week before.",
    "1. The dashboard *Runlight: stages* shows median and 90th percentile: which of them moved?",
    "2. Since when? Look for a release, another host, other data at that time.",
  ].join("\n\n"),
  cases: [
    {
      name: "fires when half of a day's stages take longer",
      interval: "1h",
      series: stages("361+1.5x80"),
      at: "145h",
      fires: [{ service_name: "etl", ...ofFit }],
    },
    {
      name: "does not fire while they are distributed as before",
      interval: "1h",
      series: stages("363+3x80"),
      at: "145h",
      fires: [],
    },
  ],
};
