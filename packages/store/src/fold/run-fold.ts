import { lifecyclePlace } from "@runlight/conventions";
import type { LifecycleMoment } from "@runlight/conventions";
import {
  ATTR_RUNLIGHT_FOLD_COUNT,
  ATTR_RUNLIGHT_FOLD_FAILED,
  ATTR_RUNLIGHT_LOST_EVIDENCE,
  ATTR_RUNLIGHT_LOST_LAST_SEEN,
  ATTR_RUNLIGHT_OPERATION_KIND,
  ATTR_RUNLIGHT_OPERATION_OUTCOME,
  ATTR_RUNLIGHT_PROGRESS_DONE,
  ATTR_RUNLIGHT_PROGRESS_TOTAL,
  ATTR_RUNLIGHT_PROGRESS_UNIT,
  ATTR_WORKFLOW_DEFINITION_NAME,
  EVENT_STAGE_FOLDED,
  EVENT_WORKFLOW_HEARTBEAT,
  EVENT_WORKFLOW_PROGRESS,
} from "@runlight/conventions/names";
import type { Outcome } from "@runlight/conventions/names";
import type { ProgressSummary } from "@runlight/core";
import type { DecodedLogRecord, SpoolListing } from "@runlight/spool";
import { numberAt, textAt } from "../record/attributes.ts";
import { recordTime } from "../record/log-entry.ts";
import { millisecondsOf } from "../record/time.ts";

/** What the records of one run say about it so far. */
export interface RunFold {
  readonly runId: string;
  workflow: string;
  /** The spool of the process that began the run; until that is found, the first one that mentions it. */
  spool: SpoolListing;
  /** When it began; `undefined` while its started record has not been seen. */
  startMs: number | undefined;
  firstMs: number;
  lastMs: number;
  traceId: string;
  end: { readonly timeMs: number; readonly outcome: Outcome } | undefined;
  /** Recovery has closed it. */
  lost: { readonly lastSeenMs: number; readonly evidence: string | undefined } | undefined;
  stagesDone: number;
  stagesFailed: number;
  /** Span ids of stages that have begun and not ended. */
  readonly openStages: Set<string>;
  progress: { readonly atMs: number; readonly isOwn: boolean; readonly summary: ProgressSummary } | undefined;
}

/** Begins to fold a run at the first record that mentions it. */
export function beginFold(runId: string, record: DecodedLogRecord, spool: SpoolListing): RunFold {
  const timeMs = millisecondsOf(recordTime(record));
  return {
    runId,
    workflow: "",
    spool,
    startMs: undefined,
    firstMs: timeMs,
    lastMs: timeMs,
    traceId: "",
    end: undefined,
    lost: undefined,
    stagesDone: 0,
    stagesFailed: 0,
    openStages: new Set(),
    progress: undefined,
  };
}

/** Takes one log record of the run into account. */
export function foldRecord(run: RunFold, record: DecodedLogRecord, spool: SpoolListing): void {
  const timeMs = millisecondsOf(recordTime(record));
  const place = lifecyclePlace(record.eventName);
  run.workflow ||= textAt(record.attributes, ATTR_WORKFLOW_DEFINITION_NAME) ?? "";
  run.traceId ||= record.traceId ?? "";
  // Recovery writes its own records when it comes by, which may be days later.
  if (place?.moment !== "lost") {
    run.firstMs = Math.min(run.firstMs, timeMs);
    run.lastMs = Math.max(run.lastMs, timeMs);
  }
  if (place?.kind === "workflow") foldWorkflow({ run, record, spool, moment: place.moment, timeMs });
  else if (place?.kind === "stage") foldStage(run, record, place.moment);
  else if (record.eventName === EVENT_STAGE_FOLDED) {
    run.stagesDone += numberAt(record.attributes, ATTR_RUNLIGHT_FOLD_COUNT) ?? 0;
    run.stagesFailed += numberAt(record.attributes, ATTR_RUNLIGHT_FOLD_FAILED) ?? 0;
  } else if (record.eventName === EVENT_WORKFLOW_HEARTBEAT || record.eventName === EVENT_WORKFLOW_PROGRESS)
    foldProgress(run, record, timeMs);
}

interface WorkflowRecord {
  readonly run: RunFold;
  readonly record: DecodedLogRecord;
  readonly spool: SpoolListing;
  readonly moment: LifecycleMoment;
  readonly timeMs: number;
}

function foldWorkflow({ run, record, spool, moment, timeMs }: WorkflowRecord): void {
  switch (moment) {
    case "started":
      run.startMs = timeMs;
      run.spool = spool;
      return;
    case "completed":
    case "failed":
      run.end = { timeMs, outcome: (textAt(record.attributes, ATTR_RUNLIGHT_OPERATION_OUTCOME) ?? "error") as Outcome };
      return;
    case "lost":
      run.lost = {
        lastSeenMs: lastSeen(record) ?? run.lastMs,
        evidence: textAt(record.attributes, ATTR_RUNLIGHT_LOST_EVIDENCE),
      };
  }
}

function foldStage(run: RunFold, { spanId = "" }: DecodedLogRecord, moment: LifecycleMoment): void {
  if (moment === "started") {
    run.openStages.add(spanId);
    return;
  }
  run.openStages.delete(spanId);
  if (moment !== "lost") run.stagesDone += 1;
  if (moment === "failed") run.stagesFailed += 1;
}

// A stage's progress stands in only until the run tells its own; of either the last one counts.
function foldProgress(run: RunFold, { attributes }: DecodedLogRecord, atMs: number): void {
  const done = numberAt(attributes, ATTR_RUNLIGHT_PROGRESS_DONE);
  if (done === undefined) return;
  const isOwn = (textAt(attributes, ATTR_RUNLIGHT_OPERATION_KIND) ?? "workflow") === "workflow";
  const known = run.progress;
  if (known !== undefined && (known.isOwn === isOwn ? atMs < known.atMs : known.isOwn)) return;
  const total = numberAt(attributes, ATTR_RUNLIGHT_PROGRESS_TOTAL);
  const unit = textAt(attributes, ATTR_RUNLIGHT_PROGRESS_UNIT);
  run.progress = { atMs, isOwn, summary: { done, total, unit } };
}

function lastSeen(record: DecodedLogRecord): number | undefined {
  const time = Date.parse(textAt(record.attributes, ATTR_RUNLIGHT_LOST_LAST_SEEN) ?? "");
  return Number.isNaN(time) ? undefined : time;
}
