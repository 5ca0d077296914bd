import {
  ATTR_WORKFLOW_DEFINITION_NAME,
  METRIC_RUNLIGHT_RUN_LAST_HEARTBEAT,
  METRIC_RUNLIGHT_RUN_LOST,
  METRIC_WORKFLOW_EXECUTION_ACTIVE,
} from "@runlight/conventions/names";
import { prometheusLabel, prometheusName } from "../prometheus-name.ts";
import type { AlertRule } from "./rule.ts";

const workflow = prometheusLabel(ATTR_WORKFLOW_DEFINITION_NAME);
const active = prometheusName(METRIC_WORKFLOW_EXECUTION_ACTIVE);
const lastHeartbeat = prometheusName(METRIC_RUNLIGHT_RUN_LAST_HEARTBEAT);
const lost = prometheusName(METRIC_RUNLIGHT_RUN_LOST);
const by = `service_name, service_instance_id, ${workflow}`;
const match = `{service_name="etl",service_instance_id="a",${workflow}="nightly"}`;
const labels = { service_name: "etl", service_instance_id: "a", [workflow]: "nightly" };

/** A run that was active has told nothing for three minutes, or recovery found it lost. */
export const runLost: AlertRule = {
  name: "RunlightRunLost",
  expression: [
    "(",
    `  sum by (${by}) (last_over_time(${active}[1h])) > 0`,
    `  and time() - max by (${by}) (last_over_time(${lastHeartbeat}[1h])) > 180`,
    `) or sum by (${by}) (`,
    `  (increase(${lost}[5m]) > 0)`,
    `  or (${lost} unless ${lost} offset 5m)`,
    ") > 0",
  ].join("\n"),
  severity: "critical",
  summary: "A run is lost or silent.",
  description: `Workflow {{ $labels.${workflow} }} of {{ $labels.service_name }} was running and has told nothing for three minutes, or its process was found gone.`,
  runbook: [
    "A run beats every 15 seconds and its metrics leave every minute. Silence means that the process was killed, its machine is gone, its main thread has been busy beyond three minutes, or the way to the Collector is cut. The alert resolves when the run is heard again or ends, and at the latest an hour after its last word.",
    "1. `runlight runs` on the machine of the run tells `lost` (the process is gone), `silent` (another machine, heartbeats missed) or `running`.",
    "2. For a lost run `runlight show RUN` names the operations that were open, the last memory seen and the evidence.",
    "3. For a running one, look at the Collector: `npm run stack -- status`, `npm run stack -- logs collector`.",
  ].join("\n\n"),
  cases: [
    {
      name: "fires three minutes after the last word of a run that was killed",
      interval: "1m",
      series: [
        { series: `${active}${match}`, values: "1x3 _x30" },
        { series: `${lastHeartbeat}${match}`, values: "0 60 120 180 _x30" },
      ],
      at: "7m",
      fires: [labels],
    },
    {
      name: "does not fire while a run beats",
      interval: "1m",
      series: [
        { series: `${active}${match}`, values: "1x30" },
        { series: `${lastHeartbeat}${match}`, values: "0+60x30" },
      ],
      at: "20m",
      fires: [],
    },
    {
      name: "does not fire after a run has ended",
      interval: "1m",
      series: [
        { series: `${active}${match}`, values: "1 1 1 0 _x30" },
        { series: `${lastHeartbeat}${match}`, values: "0 60 120 _x31" },
      ],
      at: "20m",
      fires: [],
    },
    {
      name: "fires when recovery finds a run lost",
      interval: "15s",
      series: [{ series: `${lost}${match}`, values: "_x20 1 _x40" }],
      at: "5m30s",
      fires: [labels],
    },
  ],
};
