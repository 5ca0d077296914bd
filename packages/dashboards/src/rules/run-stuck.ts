import { METRIC_RUNLIGHT_RUN_LAST_HEARTBEAT, METRIC_RUNLIGHT_RUN_PROGRESS } from "@runlight/conventions/names";
import { prometheusName } from "../prometheus-name.ts";
import { seriesOf, workflow } from "./expressions.ts";
import type { AlertRule, RuleCase } from "./rule.ts";

const progress = prometheusName(METRIC_RUNLIGHT_RUN_PROGRESS);
const lastHeartbeat = prometheusName(METRIC_RUNLIGHT_RUN_LAST_HEARTBEAT);
const by = `service_name, service_instance_id, ${workflow}`;
const ofNightly = { [workflow]: "nightly" };
const labels = { service_name: "etl", service_instance_id: "a", ...ofNightly };
const beats = { series: seriesOf(lastHeartbeat, ofNightly), values: "0+60x300" };
const stands = { series: seriesOf(progress, ofNightly), values: "0.1 0.2 0.3x298" };

function expression(window: string): string {
  return [
    `max by (${by}) (changes(${progress}[${window}])) == 0`,
    `and max by (${by}) (${progress} offset ${window})`,
    `and max by (${by}) (${progress}) < 1`,
    `and time() - max by (${by}) (${lastHeartbeat}) < 180`,
  ].join("\n");
}

function cases(at: string): readonly RuleCase[] {
  return [
    {
      name: "fires for a run that beats and gets nowhere",
      interval: "1m",
      series: [beats, stands],
      at,
      fires: [labels],
    },
    {
      name: "does not fire while there is progress",
      interval: "1m",
      series: [beats, { series: seriesOf(progress, ofNightly), values: "0+0.003x300" }],
      at,
      fires: [],
    },
    {
      name: "does not fire for a run that beats no more, which is lost",
      interval: "1m",
      series: [{ ...beats, values: "0+60x20 1200x280" }, stands],
      at,
      fires: [],
    },
  ];
}

const runbook = [
  "The run beats, so its process lives and its main thread turns, but what it reports with `progress()` has not moved. It waits for something: a lock, a server, a child process, a disk.",
  "1. `runlight show RUN` names the open operations; the innermost is what waits.",
  "2. The dashboard *Runlight: runtime and host* tells whether it computes (CPU) or waits.",
  "A run that reports no progress is not judged by this alert; see RunlightRunSlow.",
].join("\n\n");

/** The run beats, and its progress stands still. */
export const runStuck: AlertRule = {
  name: "RunlightRunStuck",
  family: "run-stuck",
  expression: expression("30m"),
  severity: "warning",
  summary: "A run makes no progress.",
  description: `Workflow {{ $labels.${workflow} }} of {{ $labels.service_name }} beats, but has made no progress for half an hour.`,
  runbook,
  cases: cases("45m"),
};

/** The second stage: it still stands still after two hours. */
export const runStuckLong: AlertRule = {
  ...runStuck,
  name: "RunlightRunStuckLong",
  expression: expression("2h"),
  severity: "critical",
  summary: "A run has made no progress for two hours.",
  description: `Workflow {{ $labels.${workflow} }} of {{ $labels.service_name }} beats, but has made no progress for two hours.`,
  runbook: "Nobody has helped the run of RunlightRunStuck: do now what stands there, or end the run.",
  cases: cases("2h30m"),
};
