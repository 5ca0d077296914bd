import {
  ATTR_RUNLIGHT_CHECK_MAX,
  ATTR_RUNLIGHT_CHECK_MIN,
  ATTR_RUNLIGHT_CHECK_NAME,
  ATTR_RUNLIGHT_CHECK_OUTCOME,
  ATTR_RUNLIGHT_CHECK_REASON,
  ATTR_RUNLIGHT_CHECK_UNIT,
  ATTR_RUNLIGHT_CHECK_VALUE,
  ATTR_WORKFLOW_DEFINITION_NAME,
  EVENT_DATA_QUALITY_CHECK,
  METRIC_RUNLIGHT_DATA_QUALITY_CHECKS,
} from "@runlight/conventions/names";
import type { CheckOutcome } from "@runlight/conventions/names";
import { countMetric, emitEvent, operationAttributes } from "@runlight/core";
import { judgeValue } from "./judge-value.ts";
import type { QualityBounds } from "./judge-value.ts";

/** A value and where it should lie. */
export interface QualityCheck extends QualityBounds {
  /** What is checked, the same in every run (`missing delays`): it is on a metric, so never an id. */
  readonly name: string;
  readonly value: number;
  /** UCUM unit of the value and the bounds: `"%"`, `"s"`, `"{row}"`. */
  readonly unit?: string;
}

/** What a check found. */
export interface QualityResult {
  readonly name: string;
  readonly value: number;
  readonly outcome: CheckOutcome;
  /** Why it did not pass; `undefined` when it did. */
  readonly reason: string | undefined;
}

const severities = { pass: "INFO", warning: "WARN", failure: "ERROR" } as const;

/**
 * Checks a value against its bounds, both included, and tells it: a `data.quality.check` record in the active run, its summary, and a counter.
 * What follows from the outcome is the caller's decision. Works outside a run as well. Never throws.
 */
export function checkQuality(check: QualityCheck): QualityResult {
  const { name, value, min, max, unit } = check;
  const { outcome, reason } = judgeValue(value, check);
  const shownValue = unit === undefined || unit === "1" ? String(value) : `${value} ${unit}`;
  emitEvent({
    eventName: EVENT_DATA_QUALITY_CHECK,
    severity: severities[outcome],
    body: reason === undefined ? `${name}: ${shownValue}` : `${name}: ${shownValue} ${reason}`,
    attributes: {
      [ATTR_RUNLIGHT_CHECK_NAME]: name,
      [ATTR_RUNLIGHT_CHECK_OUTCOME]: outcome,
      [ATTR_RUNLIGHT_CHECK_VALUE]: value,
      ...(min === undefined ? {} : { [ATTR_RUNLIGHT_CHECK_MIN]: min }),
      ...(max === undefined ? {} : { [ATTR_RUNLIGHT_CHECK_MAX]: max }),
      ...(unit === undefined ? {} : { [ATTR_RUNLIGHT_CHECK_UNIT]: unit }),
      ...(reason === undefined ? {} : { [ATTR_RUNLIGHT_CHECK_REASON]: reason }),
    },
  });
  const workflowName = operationAttributes()[ATTR_WORKFLOW_DEFINITION_NAME];
  countMetric(METRIC_RUNLIGHT_DATA_QUALITY_CHECKS, 1, {
    ...(typeof workflowName === "string" ? { [ATTR_WORKFLOW_DEFINITION_NAME]: workflowName } : {}),
    [ATTR_RUNLIGHT_CHECK_NAME]: name,
    [ATTR_RUNLIGHT_CHECK_OUTCOME]: outcome,
  });
  return { name, value, outcome, reason };
}
