import {
  ATTR_WORKFLOW_EXECUTION_OUTCOME,
  METRIC_RUNLIGHT_ITEMS_PROCESSED,
  METRIC_RUNLIGHT_RUN_INFO,
  METRIC_WORKFLOW_EXECUTION_DURATION,
} from "@runlight/conventions/names";
import type { WorkflowDefinition } from "@runlight/core";
import { prometheusLabel, prometheusName } from "../prometheus-name.ts";
import { operation, seriesOf, workflow } from "../rules/expressions.ts";
import type { AlertRule } from "../rules/rule.ts";
import { longestWindowSeconds, overdue } from "./overdue.ts";
import { durationSeconds, longestPauseSeconds } from "./schedule.ts";

const graceSeconds = 3600;
const count = prometheusName(METRIC_WORKFLOW_EXECUTION_DURATION, "count");
const info = prometheusName(METRIC_RUNLIGHT_RUN_INFO);
const items = prometheusName(METRIC_RUNLIGHT_ITEMS_PROCESSED);
const outcome = prometheusLabel(ATTR_WORKFLOW_EXECUTION_OUTCOME);

/**
 * The alerts of one workflow, from what its definition promises; each with the cases that prove it.
 *
 * @throws SyntaxError or RangeError that names the workflow and the property that cannot be used.
 */
export function workflowRules(definition: WorkflowDefinition): readonly AlertRule[] {
  const { name, schedule, timeZone, maxDuration, freshness, minItems } = definition;
  // Prometheus takes labels and texts of alerts for templates.
  if (name.includes("{{")) {
    throw new RangeError(
      `Cannot make rules of workflow ${name}: name must hold no {{, current value is ${JSON.stringify(name)}`,
    );
  }
  const maxSeconds = maxDuration === undefined ? undefined : durationSeconds(name, "maxDuration", maxDuration);
  const freshSeconds =
    freshness !== undefined
      ? durationSeconds(name, "freshness", freshness)
      : schedule === undefined
        ? undefined
        : longestPauseSeconds(name, schedule, timeZone) + (maxSeconds ?? graceSeconds);
  // A schedule is read even where freshness stands above it: a mistake in it is a mistake.
  if (schedule !== undefined) longestPauseSeconds(name, schedule, timeZone);
  if (minItems !== undefined && !(minItems > 0)) {
    throw new RangeError(
      `Cannot make rules of workflow ${name}: minItems must be above 0, current value is ${minItems}`,
    );
  }
  return [
    ...(freshSeconds === undefined ? [] : [overdue(name, freshSeconds)]),
    ...(maxDuration === undefined || maxSeconds === undefined ? [] : [overlong(name, maxDuration, maxSeconds)]),
    ...(minItems === undefined
      ? []
      : [tooFewItems(name, minItems, Math.min(longestWindowSeconds, freshSeconds ?? 86_400))]),
  ];
}

function overlong(name: string, maxDuration: string, seconds: number): AlertRule {
  // Metrics come once a minute, so a run of seconds is seen to be overlong after some minutes.
  const window = Math.max(2 * Math.ceil(seconds), Math.ceil(seconds) + 300);
  const running = seriesOf(info, { [workflow]: name });
  // The tests look every minute, as metrics come, and at runs of hours less often.
  const stepMinutes = seconds > 6 * 3600 ? 5 : 1;
  const steps = Math.ceil(seconds / 60 / stepMinutes) + 5;
  return {
    name: "RunlightRunOverlong",
    labels: { [workflow]: name },
    expression: `max by (service_name) (time() - min_over_time(timestamp(${info}{${workflow}=${JSON.stringify(name)}})[${window}s:1m]) and ${info}) > ${seconds}`,
    severity: "warning",
    summary: "A run takes longer than its workflow promises.",
    description: `Workflow ${name} of {{ $labels.service_name }} runs for more than ${maxDuration}.`,
    runbook: "As RunlightRunSlow, but against the promise `maxDuration` of the workflow's definition.",
    cases: [
      {
        name: `fires for a run of ${name} beyond its time`,
        interval: `${stepMinutes}m`,
        series: [{ series: running, values: `1x${steps + 5}` }],
        at: `${steps * stepMinutes}m`,
        fires: [{ service_name: "etl", [workflow]: name }],
      },
      {
        name: `does not fire for a run of ${name} that has just begun`,
        interval: `${stepMinutes}m`,
        series: [{ series: running, values: `_x${steps} 1x9` }],
        at: `${steps * stepMinutes}m`,
        fires: [],
      },
    ],
  };
}

function tooFewItems(name: string, minItems: number, windowSeconds: number): AlertRule {
  const window = `${Math.ceil(windowSeconds)}s`;
  const selected = `${workflow}=${JSON.stringify(name)}`;
  const interval = `${Math.ceil(windowSeconds / 10)}s`;
  const at = `${Math.ceil(windowSeconds / 10) * 4}s`;
  const ended = { series: seriesOf(count, { [workflow]: name, [outcome]: "success" }), values: "0 1 1x20" };
  const done = (number: number): { series: string; values: string } => ({
    series: seriesOf(items, { [workflow]: name, [operation]: "load" }),
    values: `0 ${number} ${number}x20`,
  });
  return {
    name: "RunlightTooFewItems",
    labels: { [workflow]: name },
    expression: [
      `max by (service_name) (sum by (service_name, ${operation}) (increase(${items}{${selected}}[${window}])))`,
      `  / (sum by (service_name) (increase(${count}{${selected},${outcome}="success"}[${window}])) > 0.5) < ${minItems}`,
    ].join("\n"),
    severity: "warning",
    summary: "A run processed fewer items than its workflow promises.",
    description: `Runs of workflow ${name} of {{ $labels.service_name }} process fewer than ${minItems} items each.`,
    runbook:
      "The run ended well and did too little: is its input complete? `runlight show RUN` has the items of each stage.",
    cases: [
      {
        name: `fires when a run of ${name} did too little`,
        interval,
        series: [ended, done(Math.floor(minItems / 4))],
        at,
        fires: [{ service_name: "etl", [workflow]: name }],
      },
      {
        name: `does not fire when a run of ${name} did enough`,
        interval,
        series: [ended, done(Math.ceil(minItems * 2))],
        at,
        fires: [],
      },
    ],
  };
}
