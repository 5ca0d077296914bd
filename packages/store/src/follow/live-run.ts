import { lifecyclePlace } from "@runlight/conventions";
import type { LifecyclePlace } from "@runlight/conventions";
import {
  ATTR_RUNLIGHT_FOLD_COUNT,
  ATTR_RUNLIGHT_FOLD_FAILED,
  ATTR_RUNLIGHT_MEMORY_END,
  ATTR_RUNLIGHT_MEMORY_PEAK,
  ATTR_RUNLIGHT_OPERATION_NAME,
  ATTR_RUNLIGHT_OPERATION_OUTCOME,
  ATTR_RUNLIGHT_OPERATION_PARENT_SPAN_ID,
  ATTR_RUNLIGHT_PROGRESS_DONE,
  ATTR_RUNLIGHT_PROGRESS_TOTAL,
  ATTR_RUNLIGHT_PROGRESS_UNIT,
  ATTR_RUNLIGHT_SUBJECT_ID,
  EVENT_STAGE_FOLDED,
  EVENT_WORKFLOW_PROGRESS,
} from "@runlight/conventions/names";
import type { Outcome } from "@runlight/conventions/names";
import type { DecodedLogRecord } from "@runlight/spool";
import { numberAt, textAt } from "../record/attributes.ts";
import { recordTime } from "../record/log-entry.ts";
import { millisecondsOf } from "../record/time.ts";
import { createPace } from "./pace.ts";
import type { Pace } from "./pace.ts";

/** Most open operations that are followed; those beyond are counted. */
export const maxFollowedOperations = 1000;

/** An operation that has begun and not ended. */
export interface LiveOperation {
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly kind: string;
  readonly name: string;
  readonly subject: string | undefined;
  /** Unix time in milliseconds. */
  readonly startMs: number;
  /** How far it is and how fast. */
  readonly pace: Pace;
}

/** What is open in a run at work, and how far it is. */
export interface LiveRun {
  /** Open workflow, stages and pipelines by span id, in the order they began. */
  readonly open: ReadonlyMap<string, LiveOperation>;
  /** Open operations beyond {@link maxFollowedOperations}. */
  readonly unfollowed: number;
  readonly stagesDone: number;
  readonly stagesFailed: number;
  /** Records of level warn. */
  readonly warnings: number;
  /** Records of level error and above. */
  readonly errors: number;
  /** Resident memory of the process that last told it, in bytes. */
  readonly memoryBytes: number | undefined;
  readonly peakMemoryBytes: number | undefined;
  /** How it ended; `undefined` while it is at work. */
  readonly outcome: Outcome | undefined;
}

/** Folds the records of a run as they come. */
export interface LiveRunFold {
  readonly live: LiveRun;
  add(record: DecodedLogRecord): void;
}

/** Begins with nothing open. */
export function createLiveRun(): LiveRunFold {
  const open = new Map<string, LiveOperation>();
  const live = {
    open,
    unfollowed: 0,
    stagesDone: 0,
    stagesFailed: 0,
    warnings: 0,
    errors: 0,
    memoryBytes: undefined as number | undefined,
    peakMemoryBytes: undefined as number | undefined,
    outcome: undefined as Outcome | undefined,
  };

  const begin = (record: DecodedLogRecord, kind: string): void => {
    const { attributes, spanId = "" } = record;
    if (open.size >= maxFollowedOperations) {
      live.unfollowed += 1;
      return;
    }
    const startMs = millisecondsOf(recordTime(record));
    open.set(spanId, {
      spanId,
      parentSpanId: textAt(attributes, ATTR_RUNLIGHT_OPERATION_PARENT_SPAN_ID),
      kind,
      name: textAt(attributes, ATTR_RUNLIGHT_OPERATION_NAME) ?? kind,
      subject: textAt(attributes, ATTR_RUNLIGHT_SUBJECT_ID),
      startMs,
      pace: createPace(startMs),
    });
  };
  const end = ({ attributes, spanId = "" }: DecodedLogRecord, { kind, moment }: LifecyclePlace): void => {
    if (!open.delete(spanId) && live.unfollowed > 0) live.unfollowed -= 1;
    if (kind === "workflow" && moment !== "lost")
      live.outcome = (textAt(attributes, ATTR_RUNLIGHT_OPERATION_OUTCOME) ?? "error") as Outcome;
    if (kind === "stage" && moment !== "lost") live.stagesDone += 1;
    if (kind === "stage" && moment === "failed") live.stagesFailed += 1;
  };
  const tell = (record: DecodedLogRecord): void => {
    const { attributes, spanId = "" } = record;
    const done = numberAt(attributes, ATTR_RUNLIGHT_PROGRESS_DONE);
    if (done === undefined) return;
    open.get(spanId)?.pace.add({
      atMs: millisecondsOf(recordTime(record)),
      done,
      total: numberAt(attributes, ATTR_RUNLIGHT_PROGRESS_TOTAL),
      unit: textAt(attributes, ATTR_RUNLIGHT_PROGRESS_UNIT),
    });
  };

  return {
    live,
    add(record) {
      const { eventName, attributes, severityNumber } = record;
      const place = lifecyclePlace(eventName);
      if (eventName === undefined && severityNumber >= 13 && severityNumber < 17) live.warnings += 1;
      if (severityNumber >= 17) live.errors += 1;
      live.memoryBytes = numberAt(attributes, ATTR_RUNLIGHT_MEMORY_END) ?? live.memoryBytes;
      const peak = numberAt(attributes, ATTR_RUNLIGHT_MEMORY_PEAK);
      if (peak !== undefined) live.peakMemoryBytes = Math.max(peak, live.peakMemoryBytes ?? 0);
      // A heartbeat repeats the progress of the run, whenever that was told.
      if (eventName === EVENT_WORKFLOW_PROGRESS) tell(record);
      else if (eventName === EVENT_STAGE_FOLDED) {
        live.stagesDone += numberAt(attributes, ATTR_RUNLIGHT_FOLD_COUNT) ?? 0;
        live.stagesFailed += numberAt(attributes, ATTR_RUNLIGHT_FOLD_FAILED) ?? 0;
      } else if (place?.moment === "started") begin(record, place.kind);
      else if (place !== undefined) end(record, place);
    },
  };
}
