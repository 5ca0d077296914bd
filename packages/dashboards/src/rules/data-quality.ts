import {
  ATTR_RUNLIGHT_CHECK_NAME,
  ATTR_RUNLIGHT_CHECK_OUTCOME,
  METRIC_RUNLIGHT_DATA_QUALITY_CHECKS,
} from "@runlight/conventions/names";
import { prometheusLabel, prometheusName } from "../prometheus-name.ts";
import { seriesOf, wentUp, workflow } from "./expressions.ts";
import type { AlertRule } from "./rule.ts";

const checks = prometheusName(METRIC_RUNLIGHT_DATA_QUALITY_CHECKS);
const check = prometheusLabel(ATTR_RUNLIGHT_CHECK_NAME);
const outcome = prometheusLabel(ATTR_RUNLIGHT_CHECK_OUTCOME);
const ofNightly = { [workflow]: "nightly", [check]: "missing delays" };

/** A data-quality check failed. */
export const dataQualityFailed: AlertRule = {
  name: "RunlightDataQualityFailed",
  expression: `sum by (service_name, ${workflow}, ${check}) (${wentUp(`${checks}{${outcome}="failure"}`)}) > 0`,
  severity: "warning",
  summary: "A data-quality check failed.",
  description: `Check {{ $labels.${check} }} of workflow {{ $labels.${workflow} }} of {{ $labels.service_name }} failed.`,
  runbook: [
    "The run went on: what follows from a failed check is the program's decision.",
    "1. The dashboard *Runlight: data quality* shows the value, the bounds and how the value went over time.",
    "2. Is the input damaged, or are the bounds too narrow? Hold the results back until it is clear.",
  ].join("\n\n"),
  cases: [
    {
      name: "fires for the first check that fails",
      interval: "1m",
      series: [{ series: seriesOf(checks, { ...ofNightly, [outcome]: "failure" }), values: "_x10 1x30" }],
      at: "12m",
      fires: [{ service_name: "etl", ...ofNightly }],
    },
    {
      name: "does not fire for a warning",
      interval: "1m",
      series: [{ series: seriesOf(checks, { ...ofNightly, [outcome]: "warning" }), values: "_x10 1x30" }],
      at: "12m",
      fires: [],
    },
  ],
};
