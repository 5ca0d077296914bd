import {
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_STACKTRACE,
  ATTR_EXCEPTION_TYPE,
  ATTR_RUNLIGHT_ARTIFACT_PATH,
  ATTR_RUNLIGHT_ARTIFACT_SHA256,
  ATTR_RUNLIGHT_ARTIFACT_SIZE,
  ATTR_RUNLIGHT_CHECK_MAX,
  ATTR_RUNLIGHT_CHECK_MIN,
  ATTR_RUNLIGHT_CHECK_NAME,
  ATTR_RUNLIGHT_CHECK_OUTCOME,
  ATTR_RUNLIGHT_CHECK_REASON,
  ATTR_RUNLIGHT_CHECK_UNIT,
  ATTR_RUNLIGHT_CHECK_VALUE,
  ATTR_RUNLIGHT_OPERATION_KIND,
  ATTR_RUNLIGHT_PROGRESS_DONE,
  ATTR_RUNLIGHT_PROGRESS_TOTAL,
  ATTR_RUNLIGHT_PROGRESS_UNIT,
  ATTR_RUNLIGHT_STAGE_NAME,
  ATTR_RUNLIGHT_SUBJECT_ID,
} from "@runlight/conventions/names";
import type { CheckOutcome } from "@runlight/conventions/names";
import { rfc3339 } from "../clock.ts";
import type { ArtifactSummary, CheckSummary, ErrorSummary, ProgressSummary } from "./run-summary.ts";
import { describeOperation } from "./started-operations.ts";
import { numberAt, textAt } from "./summary-event.ts";
import type { SummaryEvent } from "./summary-event.ts";

/** The check a `data.quality.check` record tells of. */
export function checkOf(event: SummaryEvent): CheckSummary {
  return {
    name: textAt(event, ATTR_RUNLIGHT_CHECK_NAME) ?? "",
    outcome: (textAt(event, ATTR_RUNLIGHT_CHECK_OUTCOME) ?? "failure") as CheckOutcome,
    value: numberAt(event, ATTR_RUNLIGHT_CHECK_VALUE) ?? Number.NaN,
    min: numberAt(event, ATTR_RUNLIGHT_CHECK_MIN),
    max: numberAt(event, ATTR_RUNLIGHT_CHECK_MAX),
    unit: textAt(event, ATTR_RUNLIGHT_CHECK_UNIT),
    reason: textAt(event, ATTR_RUNLIGHT_CHECK_REASON),
    stage: textAt(event, ATTR_RUNLIGHT_STAGE_NAME),
    subject: textAt(event, ATTR_RUNLIGHT_SUBJECT_ID),
  };
}

/** The artifact an `artifact.created` record tells of. */
export function artifactOf(event: SummaryEvent): ArtifactSummary {
  return {
    path: textAt(event, ATTR_RUNLIGHT_ARTIFACT_PATH) ?? "",
    sizeBytes: numberAt(event, ATTR_RUNLIGHT_ARTIFACT_SIZE) ?? 0,
    sha256: textAt(event, ATTR_RUNLIGHT_ARTIFACT_SHA256) ?? "",
  };
}

/** The progress a record tells of. */
export function progressOf(event: SummaryEvent): ProgressSummary | undefined {
  const done = numberAt(event, ATTR_RUNLIGHT_PROGRESS_DONE);
  if (done === undefined) return undefined;
  return {
    done,
    total: numberAt(event, ATTR_RUNLIGHT_PROGRESS_TOTAL),
    unit: textAt(event, ATTR_RUNLIGHT_PROGRESS_UNIT),
  };
}

/** The error a record tells of, and where it was first seen. */
export function errorOf(event: SummaryEvent): ErrorSummary {
  const stage = textAt(event, ATTR_RUNLIGHT_STAGE_NAME);
  const place =
    textAt(event, ATTR_RUNLIGHT_OPERATION_KIND) === undefined
      ? stage === undefined
        ? "log"
        : `stage ${stage}`
      : describeOperation(event);
  return {
    time: rfc3339(event.timeMs),
    operation: place,
    type: textAt(event, ATTR_EXCEPTION_TYPE) ?? "log",
    message: textAt(event, ATTR_EXCEPTION_MESSAGE) ?? bodyText(event),
    stacktrace: textAt(event, ATTR_EXCEPTION_STACKTRACE),
  };
}

/** The body of a record as text. */
export function bodyText(event: SummaryEvent): string {
  return typeof event.body === "string" ? event.body : (JSON.stringify(event.body) ?? "");
}
