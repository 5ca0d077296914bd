import {
  ATTR_RUNLIGHT_LOST_EVIDENCE,
  ATTR_RUNLIGHT_LOST_LAST_SEEN,
  ATTR_RUNLIGHT_OPERATION_KIND,
  ATTR_RUNLIGHT_OPERATION_OUTCOME,
  ATTR_RUNLIGHT_PROGRESS_DONE,
  ATTR_RUNLIGHT_PROGRESS_TOTAL,
  ATTR_RUNLIGHT_PROGRESS_UNIT,
  ATTR_WORKFLOW_DEFINITION_NAME,
  EVENT_STAGE_COMPLETED,
  EVENT_STAGE_FAILED,
  EVENT_STAGE_LOST,
  EVENT_STAGE_STARTED,
  EVENT_WORKFLOW_COMPLETED,
  EVENT_WORKFLOW_FAILED,
  EVENT_WORKFLOW_HEARTBEAT,
  EVENT_WORKFLOW_LOST,
  EVENT_WORKFLOW_PROGRESS,
  EVENT_WORKFLOW_STARTED,
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
  run.workflow ||= textAt(record.attributes, ATTR_WORKFLOW_DEFINITION_NAME) ?? "";
  run.traceId ||= record.traceId ?? "";
  // Recovery writes its own records when it comes by, which may be days later.
  if (!isLost(record.eventName)) {
    run.firstMs = Math.min(run.firstMs, timeMs);
    run.lastMs = Math.max(run.lastMs, timeMs);
  }
  switch (record.eventName) {
    case EVENT_WORKFLOW_STARTED:
      run.startMs = timeMs;
      run.spool = spool;
      return;
    case EVENT_WORKFLOW_COMPLETED:
    case EVENT_WORKFLOW_FAILED:
      run.end = { timeMs, outcome: (textAt(record.attributes, ATTR_RUNLIGHT_OPERATION_OUTCOME) ?? "error") as Outcome };
      return;
    case EVENT_WORKFLOW_LOST:
      run.lost = {
        lastSeenMs: lastSeen(record) ?? run.lastMs,
        evidence: textAt(record.attributes, ATTR_RUNLIGHT_LOST_EVIDENCE),
      };
      return;
    case EVENT_WORKFLOW_HEARTBEAT:
    case EVENT_WORKFLOW_PROGRESS:
      foldProgress(run, record, timeMs);
      return;
    default:
      foldStage(run, record);
  }
}

function foldStage(run: RunFold, { eventName, spanId = "" }: DecodedLogRecord): void {
  switch (eventName) {
    case EVENT_STAGE_STARTED:
      run.openStages.add(spanId);
      return;
    case EVENT_STAGE_FAILED:
      run.stagesFailed += 1;
      run.stagesDone += 1;
      run.openStages.delete(spanId);
      return;
    case EVENT_STAGE_COMPLETED:
      run.stagesDone += 1;
      run.openStages.delete(spanId);
      return;
    case EVENT_STAGE_LOST:
      run.openStages.delete(spanId);
      return;
    default:
  }
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

function isLost(eventName: string | undefined): boolean {
  return eventName?.endsWith(".lost") === true;
}
