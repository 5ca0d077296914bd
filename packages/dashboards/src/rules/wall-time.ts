import { stack } from "../stack-names.ts";
import { seriesOf, wentUp, workflow } from "./expressions.ts";
import type { AlertRule } from "./rule.ts";

const near = stack.wallTimeNear;
const ofNightly = { [workflow]: "nightly" };

/** A run was told that its process is about to be ended; the Collector counts these records. */
export const wallTimeNear: AlertRule = {
  name: "RunlightWallTimeNear",
  expression: `sum by (service_name, ${workflow}) (${wentUp(near)}) > 0`,
  severity: "warning",
  summary: "A run's time is nearly over.",
  description: `Workflow {{ $labels.${workflow} }} of {{ $labels.service_name }} is about to be ended from outside: its job's time is over, or a signal said so.`,
  runbook: [
    "The scheduler ends the job at its time limit, or somebody sent SIGTERM. A checkpoint was called where the program has one: the record `workflow.checkpoint` tells how it ended.",
    "1. `runlight show RUN`: how far is it, and how much is left?",
    "2. Extend the job if the scheduler allows it (`scontrol update JobId=… TimeLimit=…`), or start it again from its checkpoint with more time.",
  ].join("\n\n"),
  cases: [
    {
      name: "fires for the first run that is told",
      interval: "15s",
      series: [{ series: seriesOf(near, ofNightly), values: "_x20 1 _x40" }],
      at: "5m30s",
      fires: [{ service_name: "etl", ...ofNightly }],
    },
    {
      name: "does not fire ten minutes later",
      interval: "15s",
      series: [{ series: seriesOf(near, ofNightly), values: "_x20 1 _x80" }],
      at: "15m",
      fires: [],
    },
  ],
};
