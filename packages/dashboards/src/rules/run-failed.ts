import {
  ATTR_ERROR_TYPE,
  ATTR_WORKFLOW_DEFINITION_NAME,
  METRIC_WORKFLOW_EXECUTION_ERRORS,
} from "@runlight/conventions/names";
import { prometheusLabel, prometheusName } from "../prometheus-name.ts";
import type { AlertRule } from "./rule.ts";

const errors = prometheusName(METRIC_WORKFLOW_EXECUTION_ERRORS);
const workflow = prometheusLabel(ATTR_WORKFLOW_DEFINITION_NAME);
const errorType = prometheusLabel(ATTR_ERROR_TYPE);
const series = `${errors}{service_name="etl",service_instance_id="a",${workflow}="nightly",${errorType}="TypeError"}`;
const labels = { service_name: "etl", [workflow]: "nightly", [errorType]: "TypeError" };

/** A run did not end well. A counter that appears with its first value counts too: a process that lives a second leaves one sample. */
export const runFailed: AlertRule = {
  name: "RunlightRunFailed",
  expression: [
    `sum by (service_name, ${workflow}, ${errorType}) (`,
    `  (increase(${errors}[5m]) > 0)`,
    `  or (${errors} unless ${errors} offset 5m)`,
    ") > 0",
  ].join("\n"),
  severity: "critical",
  summary: "A run failed.",
  description: `Workflow {{ $labels.${workflow} }} of {{ $labels.service_name }} ended with {{ $labels.${errorType} }}.`,
  runbook: [
    "The workflow's last run ended in failure, timeout, cancellation or error. The alert resolves by itself five minutes after the last failure.",
    "1. `runlight show latest` on the machine of the run, or the dashboard *Runs*, names the stage and the error with its stack.",
    "2. `runlight logs latest --level warn` shows what led to it; in Grafana the run's row links to its trace and logs.",
  ].join("\n\n"),
  cases: [
    {
      name: "fires for a process that lives one second and fails on its first run",
      interval: "15s",
      series: [{ series, values: "_x20 1 _x40" }],
      at: "5m30s",
      fires: [labels],
    },
    {
      name: "resolves five minutes after a single failure",
      interval: "15s",
      series: [{ series, values: "_x20 1 _x40" }],
      at: "10m30s",
      fires: [],
    },
    {
      name: "fires when a long-lived process fails once more",
      interval: "1m",
      series: [{ series, values: "3x30 4x10" }],
      at: "32m",
      fires: [labels],
    },
    {
      name: "does not fire for old failures of a process that goes on",
      interval: "1m",
      series: [{ series, values: "3x60" }],
      at: "30m",
      fires: [],
    },
  ],
};
