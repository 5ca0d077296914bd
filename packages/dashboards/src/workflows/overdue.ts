import { ATTR_WORKFLOW_EXECUTION_OUTCOME, METRIC_WORKFLOW_EXECUTION_DURATION } from "@runlight/conventions/names";
import type { ForeignSeries } from "../host-names.ts";
import { prometheusLabel, prometheusName } from "../prometheus-name.ts";
import { seriesOf, workflow } from "../rules/expressions.ts";
import type { AlertRule } from "../rules/rule.ts";

/** Prometheus keeps fourteen days; what lies further back cannot be asked. */
export const longestWindowSeconds: number = 13 * 86_400;

const count = prometheusName(METRIC_WORKFLOW_EXECUTION_DURATION, "count");
const outcome = prometheusLabel(ATTR_WORKFLOW_EXECUTION_OUTCOME);
const lastSuccess = "runlight:run:last_success_seconds";

/** What Prometheus records of workflows that are due more seldom than it keeps samples. */
export const overdueSeries: readonly ForeignSeries[] = [{ name: lastSuccess, labels: [workflow] }];

const runbook =
  "The schedule was missed, or the runs failed: `runlight runs` on the machine of the schedule tells which. A workflow that never ran is overdue too: run it once.";

/** No run of a workflow has ended well for so many seconds. */
export function overdue(name: string, seconds: number): AlertRule {
  const rule = {
    name: "RunlightRunOverdue",
    labels: { [workflow]: name },
    severity: "critical",
    summary: "A run is overdue.",
    description: `No run of workflow ${name} has ended well for ${Math.round(seconds / 60)} minutes.`,
    runbook,
  } as const;
  return { ...rule, ...(seconds > longestWindowSeconds ? byRecord(name, seconds) : byCount(name, seconds)) };
}

type Asked = Pick<AlertRule, "cases" | "expression" | "records">;

function endedWell(name: string): string {
  return `${count}{${workflow}=${JSON.stringify(name)},${outcome}=~"success|skip"}`;
}

/** Counts the runs of the time. */
function byCount(name: string, seconds: number): Asked {
  const succeeded = { [workflow]: name, [outcome]: "success" };
  const interval = `${Math.ceil(seconds / 10)}s`;
  const at = (steps: number): string => `${Math.ceil(seconds / 10) * steps}s`;
  return {
    expression: `(sum(increase(${endedWell(name)}[${Math.ceil(seconds)}s])) or vector(0)) < 0.5`,
    cases: [
      {
        name: `fires when ${name} has not run for its time`,
        interval,
        series: [{ series: seriesOf(count, succeeded), values: "0 1 1x40" }],
        at: at(30),
        fires: [{ [workflow]: name }],
      },
      {
        name: `does not fire while ${name} runs in time`,
        interval,
        series: [{ series: seriesOf(count, succeeded), values: "0 1 1x40" }],
        at: at(6),
        fires: [],
      },
    ],
  };
}

/**
 * Asks when the last run ended well, which Prometheus records and carries on: the sample of the run itself is gone by then. A run that is
 * shipped late is found as long as samples are kept. A counter that is silent for more than an hour and comes back is taken for a good end.
 */
function byRecord(name: string, seconds: number): Asked {
  const carried = `${lastSuccess}{${workflow}=${JSON.stringify(name)}}`;
  const hours = Math.ceil(seconds / 360_000);
  const interval = `${hours}h`;
  const steps = Math.floor(seconds / 3600 / hours);
  const ran = seriesOf(count, { [workflow]: name, [outcome]: "success" });
  const fires = [{ [workflow]: name }];
  return {
    records: [{ record: lastSuccess, expr: lastSuccessOf(endedWell(name), carried), labels: { [workflow]: name } }],
    expression: `(time() - max(${carried}) or vector(Inf)) > ${Math.ceil(seconds)}`,
    cases: [
      {
        name: `fires when ${name} has not run for its time`,
        interval,
        series: [{ series: ran, values: "_x9 1" }],
        at: `${(9 + steps + 2) * hours}h`,
        fires,
      },
      {
        name: `does not fire until ${name} has not run for its time`,
        interval,
        series: [{ series: ran, values: "_x9 1" }],
        at: `${(9 + steps - 2) * hours}h`,
        fires: [],
      },
      {
        name: `does not fire when ${name} ran again, in a process of its own`,
        interval,
        series: [{ series: ran, values: `_x9 1 _x${steps - 3} 1` }],
        at: `${(9 + steps + 20) * hours}h`,
        fires: [],
      },
      { name: `fires when ${name} never ran`, interval, series: [], at: `${hours}h`, fires },
    ],
  };
}

/** The last time at which the counter of good ends was another one than in the hour before, or was there for the first time; else what was recorded. */
function lastSuccessOf(counter: string, carried: string): string {
  const now = `last_over_time(${counter}[10m])`;
  const before = `last_over_time(${counter}[1h] offset 10m)`;
  return [
    "max(",
    `  max_over_time((0 * ((${now} != ${before} or ${now} unless ${before}) > 0) + time())[13d:10m])`,
    `  or last_over_time(${carried}[13d])`,
    ")",
  ].join("\n");
}
