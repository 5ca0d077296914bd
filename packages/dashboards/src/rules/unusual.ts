import {
  ATTR_RUNLIGHT_OPERATION_OUTCOME,
  ATTR_RUNLIGHT_QUEUE_STATE,
  METRIC_RUNLIGHT_ITEMS_PROCESSED,
  METRIC_RUNLIGHT_QUEUE_SIZE,
  METRIC_RUNLIGHT_STAGE_DURATION,
} from "@runlight/conventions/names";
import { countedDaysOf, daysOf, sameDays } from "../bands/band-cases.ts";
import { recorded } from "../bands/signals.ts";
import { prometheusLabel, prometheusName } from "../prometheus-name.ts";
import { operation, seriesOf, workflow } from "./expressions.ts";
import type { AlertRule, RuleCase } from "./rule.ts";

const queued = seriesOf(prometheusName(METRIC_RUNLIGHT_QUEUE_SIZE), {
  [operation]: "paint",
  [prometheusLabel(ATTR_RUNLIGHT_QUEUE_STATE)]: "queued",
});
const failed = seriesOf(prometheusName(METRIC_RUNLIGHT_STAGE_DURATION, "count"), {
  [workflow]: "nightly",
  [prometheusLabel(ATTR_RUNLIGHT_OPERATION_OUTCOME)]: "failure",
});
const items = seriesOf(prometheusName(METRIC_RUNLIGHT_ITEMS_PROCESSED), { [workflow]: "nightly", [operation]: "load" });
const ofQueue = { service_name: "etl", [operation]: "paint", signal: "queued" };
const ofItems = { service_name: "etl", [workflow]: "nightly", [operation]: "load", signal: "items" };
const ofFailures = { service_name: "etl", [workflow]: "nightly", signal: "failures" };
/** Five days of work and two of rest. */
const week = [...sameDays(5, 300, 3000), ...sameDays(2, 30, 30)];

interface Days {
  readonly name: string;
  readonly series: string;
  readonly values: string;
  readonly at: string;
  readonly fires?: Readonly<Record<string, string>>;
}

function caseOf({ name, series, values, at, fires }: Days): RuleCase {
  return { name, interval: "5m", series: [{ series, values }], at, fires: fires === undefined ? [] : [fires] };
}

const runbook = [
  "The value of the last ten minutes is compared with three hours around the same time of yesterday and of this day of last week. It is unusual when it is outside of both: three standard deviations and three tenths from the mean. Without a week of history there is no judgement.",
  "1. The dashboard *Runlight: what is usual* shows the value and its band: since when is it outside?",
].join("\n\n");

/** More waits, or more fails, than at this hour of other days. */
export const aboveUsual: AlertRule = {
  name: "RunlightAboveUsual",
  expression: `${recorded.value}{signal=~"queued|failures"} > ${recorded.upper}`,
  holdFor: "30m",
  severity: "warning",
  summary: "More waits or fails than is usual at this hour.",
  description: `The signal {{ $labels.signal }} of {{ $labels.service_name }} is above its band of this hour.`,
  runbook: `${runbook}\n\n2. \`queued\`: fewer workers than usual, or more work? *Runlight: pipelines*. \`failures\`: *Runlight: logs and errors* groups them.`,
  cases: [
    caseOf({
      name: "fires for a queue that is as full at night as by day",
      series: queued,
      values: daysOf([...sameDays(8, 4, 80), [80, 80]]),
      at: "198h",
      fires: ofQueue,
    }),
    caseOf({
      name: "does not fire for a queue that is full by day, as on other days",
      series: queued,
      values: daysOf(sameDays(9, 4, 80)),
      at: "210h",
    }),
    caseOf({
      name: "does not fire without a week of history",
      series: queued,
      values: daysOf([...sameDays(3, 4, 80), [80, 80]]),
      at: "78h",
    }),
    caseOf({
      name: "fires for stages that fail ten times as often",
      series: failed,
      values: countedDaysOf([...sameDays(8, 2, 2), [20, 20]]),
      at: "198h",
      fires: ofFailures,
    }),
    caseOf({
      name: "does not fire for stages that fail as ever",
      series: failed,
      values: countedDaysOf(sameDays(9, 2, 2)),
      at: "198h",
    }),
  ],
};

/** Less gets done than at this hour of other days. */
export const belowUsual: AlertRule = {
  name: "RunlightBelowUsual",
  expression: `${recorded.value}{signal="items"} < ${recorded.lower}`,
  holdFor: "30m",
  severity: "warning",
  summary: "Less gets done than is usual at this hour.",
  description: `{{ $labels.${operation} }} of workflow {{ $labels.${workflow} }} of {{ $labels.service_name }} processes fewer items a second than its band of this hour.`,
  runbook: `${runbook}\n\n2. Less to do, or slower at it? *Runlight: stages* has the throughput while at work; unchanged there, less came in.`,
  cases: [
    caseOf({
      name: "fires for a day as slow as a night",
      series: items,
      values: countedDaysOf([...sameDays(8, 300, 3000), [300, 300]]),
      at: "210h",
      fires: ofItems,
    }),
    caseOf({
      name: "does not fire at night",
      series: items,
      values: countedDaysOf(sameDays(9, 300, 3000)),
      at: "198h",
    }),
    caseOf({
      name: "does not fire on a Saturday as quiet as the last",
      series: items,
      values: countedDaysOf([...week, ...week]),
      at: "306h",
    }),
    caseOf({
      name: "fires on a Monday as quiet as a Sunday",
      series: items,
      values: countedDaysOf([...week, [30, 30]]),
      at: "186h",
    }),
  ],
};

/** What is compared with the same hour of other days. */
export const unusualRules: readonly AlertRule[] = [aboveUsual, belowUsual];
