import {
  ATTR_RUNLIGHT_OPERATION_OUTCOME,
  ATTR_RUNLIGHT_QUEUE_STATE,
  METRIC_RUNLIGHT_ITEMS_PROCESSED,
  METRIC_RUNLIGHT_QUEUE_SIZE,
  METRIC_RUNLIGHT_STAGE_DURATION,
} from "@runlight/conventions/names";
import type { ForeignSeries } from "../host-names.ts";
import { prometheusLabel, prometheusName } from "../prometheus-name.ts";
import { operation, workflow } from "../rules/expressions.ts";

/** What goes on all day, so that an hour can be compared with the same hour of other days. Runs are no such signal: their baselines are their own history. */
export interface ContinuousSignal {
  /** Value of the label `signal`. */
  readonly name: "failures" | "items" | "queued";
  /** PromQL of its value now, over ten minutes. */
  readonly expression: string;
  /** Deviations up to this one are never unusual, in its own unit. */
  readonly floor: number;
}

/** Series that Prometheus records twice a minute: the value of each signal, and the bounds of what is usual at this hour. */
export const recorded = {
  value: "runlight:signal",
  upperByDay: "runlight:signal:upper_by_day",
  lowerByDay: "runlight:signal:lower_by_day",
  upper: "runlight:signal:upper",
  lower: "runlight:signal:lower",
} as const;

const labels = ["signal", "day", workflow, operation];

/** The same with their labels. */
export const recordedSeries: readonly ForeignSeries[] = Object.values(recorded).map((name) => ({ name, labels }));

const queueState = prometheusLabel(ATTR_RUNLIGHT_QUEUE_STATE);
const outcome = prometheusLabel(ATTR_RUNLIGHT_OPERATION_OUTCOME);
const size = prometheusName(METRIC_RUNLIGHT_QUEUE_SIZE);
const items = prometheusName(METRIC_RUNLIGHT_ITEMS_PROCESSED);
const stages = prometheusName(METRIC_RUNLIGHT_STAGE_DURATION, "count");

/** Pipelines that wait, items a second, failed stages a second. */
export const continuousSignals: readonly ContinuousSignal[] = [
  {
    name: "queued",
    expression: `max by (service_name, ${operation}) (avg_over_time(${size}{${queueState}="queued"}[10m]))`,
    floor: 10,
  },
  {
    name: "items",
    expression: `sum by (service_name, ${workflow}, ${operation}) (rate(${items}[10m]))`,
    floor: 0,
  },
  {
    name: "failures",
    expression: `sum by (service_name, ${workflow}) (rate(${stages}{${outcome}!~"success|skip"}[10m]))`,
    floor: 0.005,
  },
];
