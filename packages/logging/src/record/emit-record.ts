import * as api from "@opentelemetry/api";
import type { Attributes, Context, Logger } from "@opentelemetry/api";
import {
  ATTR_RUNLIGHT_DROP_REASON,
  ATTR_RUNLIGHT_SIGNAL,
  METRIC_RUNLIGHT_SPOOL_DROPPED,
} from "@runlight/conventions/names";
import { countMetric, operationAttributes } from "@runlight/core";

/** When and where something was logged. */
export interface Moment {
  readonly context: Context;
  /** Unix time in milliseconds, with fraction. */
  readonly timeMs: number;
}

/** The moment now. */
export function currentMoment(): Moment {
  // The clock of core's records, so that both sort as they happened.
  return { context: api.context.active(), timeMs: performance.timeOrigin + performance.now() };
}

/** What is logged, besides its moment. */
export interface RecordContent {
  readonly body: string;
  readonly attributes: Attributes;
}

/** How urgent a record is. */
export interface Severity {
  /** 1 to 24. */
  readonly number: number;
  /** The level's name. */
  readonly text: string;
}

/**
 * Writes one log record through the API, within the operation of its context; the content is made only when somebody wants the record.
 * Without the API's logs (API 1.9) or without a provider nothing is written. Never throws: a record that cannot be made is counted as dropped.
 */
export function emitRecord(scopeName: string, severity: Severity, moment: Moment, content: () => RecordContent): void {
  try {
    const logger = loggerFor(scopeName);
    const { context, timeMs } = moment;
    if (logger === undefined || !logger.enabled({ context, severityNumber: severity.number })) return;
    const { body, attributes } = content();
    const identity = operationAttributes(context);
    logger.emit({
      timestamp: timeMs,
      severityNumber: severity.number,
      severityText: severity.text.toUpperCase(),
      body,
      // First, so that a limit on attributes takes others; last, so that no field of the user's replaces them.
      attributes: { ...identity, ...attributes, ...identity },
      context,
    });
  } catch (error) {
    noteLoss(error);
  }
}

function loggerFor(scopeName: string): Logger | undefined {
  // Absent in API 1.9, although its type here is of 1.10.
  const logs = api.logs as typeof api.logs | undefined;
  return logs?.getLogger(scopeName);
}

let told = false;

/** Counts a record that was lost to a fault while logging it, and tells the first through the API's diagnostic logger. Never throws. */
export function noteLoss(error: unknown): void {
  try {
    countMetric(METRIC_RUNLIGHT_SPOOL_DROPPED, 1, {
      [ATTR_RUNLIGHT_SIGNAL]: "logs",
      [ATTR_RUNLIGHT_DROP_REASON]: "encoding_failed",
    });
    if (told) return;
    told = true;
    api.diag.warn("A log record was lost, as will be others like it without a word.", error);
  } catch {
    // Nothing is left to tell it to.
  }
}
