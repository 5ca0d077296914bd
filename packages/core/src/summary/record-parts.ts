import {
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
  ATTR_RUNLIGHT_PROGRESS_DONE,
  ATTR_RUNLIGHT_PROGRESS_TOTAL,
  ATTR_RUNLIGHT_PROGRESS_UNIT,
  ATTR_RUNLIGHT_STAGE_NAME,
  ATTR_RUNLIGHT_SUBJECT_ID,
} from "@runlight/conventions/names";
import type { CheckOutcome } from "@runlight/conventions/names";
import type { ArtifactSummary, CheckSummary, ProgressSummary } from "./run-summary.ts";
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
