import {
  ATTR_ERROR_TYPE,
  ATTR_RUNLIGHT_ITEMS_PROCESSED,
  ATTR_RUNLIGHT_ITEMS_UNIT,
  ATTR_RUNLIGHT_OPERATION_NAME,
  ATTR_RUNLIGHT_OPERATION_OUTCOME,
  ATTR_WORKFLOW_DEFINITION_NAME,
  ATTR_WORKFLOW_EXECUTION_OUTCOME,
  METRIC_RUNLIGHT_ITEMS_PROCESSED,
  METRIC_RUNLIGHT_KERNEL_DURATION,
  METRIC_RUNLIGHT_PIPELINE_ACTIVE,
  METRIC_RUNLIGHT_PIPELINE_DURATION,
  METRIC_RUNLIGHT_STAGE_ACTIVE,
  METRIC_RUNLIGHT_STAGE_DURATION,
  METRIC_WORKFLOW_EXECUTION_ACTIVE,
  METRIC_WORKFLOW_EXECUTION_DURATION,
  METRIC_WORKFLOW_EXECUTION_ERRORS,
} from "@runlight/conventions/names";
import type { MetricAttributes, MetricName } from "@runlight/conventions/names";
import { endedWell } from "../operation/outcome.ts";
import { boundName } from "./metric-names.ts";
import type { OperationEnd, OperationStart } from "./operation-sink.ts";

/** One value for one metric of the registry. */
export interface Measurement {
  readonly metric: MetricName;
  readonly value: number;
  readonly attributes: MetricAttributes;
}

const names = {
  workflow: { duration: METRIC_WORKFLOW_EXECUTION_DURATION, active: METRIC_WORKFLOW_EXECUTION_ACTIVE },
  stage: { duration: METRIC_RUNLIGHT_STAGE_DURATION, active: METRIC_RUNLIGHT_STAGE_ACTIVE },
  pipeline: { duration: METRIC_RUNLIGHT_PIPELINE_DURATION, active: METRIC_RUNLIGHT_PIPELINE_ACTIVE },
  kernel: { duration: METRIC_RUNLIGHT_KERNEL_DURATION, active: undefined },
} as const;

/** What is measured when an operation begins: one more is active. */
export function openedMeasurements(start: OperationStart): readonly Measurement[] {
  const metric = names[start.kind].active;
  return metric === undefined ? [] : [{ metric, value: 1, attributes: identityOf(start) }];
}

/** What is measured when an operation has ended: duration, items, one active less, and the error of a run that did not end well. */
export function closedMeasurements(start: OperationStart, end: OperationEnd): readonly Measurement[] {
  const identity = identityOf(start);
  const { active, duration } = names[start.kind];
  const outcome = start.kind === "workflow" ? ATTR_WORKFLOW_EXECUTION_OUTCOME : ATTR_RUNLIGHT_OPERATION_OUTCOME;
  const seconds = Math.max(0, end.endTimeMs - start.startTimeMs) / 1000;
  return [
    { metric: duration, value: seconds, attributes: { ...identity, [outcome]: end.outcome } },
    ...(active === undefined ? [] : [{ metric: active, value: -1, attributes: identity }]),
    ...itemsOf(start, end, identity),
    ...errorOf(start, end, identity),
  ];
}

function itemsOf(start: OperationStart, end: OperationEnd, identity: MetricAttributes): readonly Measurement[] {
  const items = end.attributes[ATTR_RUNLIGHT_ITEMS_PROCESSED];
  if (typeof items !== "number") return [];
  const attributes = {
    ...identity,
    [ATTR_RUNLIGHT_OPERATION_NAME]: boundName(start.kind, start.name),
    [ATTR_RUNLIGHT_ITEMS_UNIT]: boundName("unit", textOf(end.attributes[ATTR_RUNLIGHT_ITEMS_UNIT]) ?? "item"),
  };
  return [{ metric: METRIC_RUNLIGHT_ITEMS_PROCESSED, value: items, attributes }];
}

function errorOf(start: OperationStart, end: OperationEnd, identity: MetricAttributes): readonly Measurement[] {
  if (start.kind !== "workflow" || endedWell(end.outcome)) return [];
  const type = boundName("error", textOf(end.attributes[ATTR_ERROR_TYPE]) ?? end.outcome);
  return [{ metric: METRIC_WORKFLOW_EXECUTION_ERRORS, value: 1, attributes: { ...identity, [ATTR_ERROR_TYPE]: type } }];
}

function identityOf(start: OperationStart): MetricAttributes {
  const workflow =
    start.run === undefined ? {} : { [ATTR_WORKFLOW_DEFINITION_NAME]: boundName("workflow", start.run.workflowName) };
  if (start.kind === "workflow") return workflow;
  return { ...workflow, [ATTR_RUNLIGHT_OPERATION_NAME]: boundName(start.kind, start.name) };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
