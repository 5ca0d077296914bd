import {
  ATTR_RUNLIGHT_OPERATION_DURATION,
  ATTR_RUNLIGHT_OPERATION_NAME,
  ATTR_RUNLIGHT_OPERATION_OUTCOME,
  ATTR_WORKFLOW_DEFINITION_NAME,
  ATTR_WORKFLOW_EXECUTION_ID,
  EVENT_PIPELINE_COMPLETED,
  EVENT_STAGE_COMPLETED,
  EVENT_WORKFLOW_COMPLETED,
} from "@runlight/conventions/names";
import type { DecodedLogRecord, SpoolListing } from "@runlight/spool";
import { readLogRecords } from "../read/decode-frames.ts";
import type { NoticeList } from "../read/notices.ts";
import { numberAt, textAt } from "../record/attributes.ts";

/** Runs that are enough to know how long such a run takes: the newest ones. */
export const enoughRuns = 30;
/** Most spools that are read for it. */
export const maxHistorySpools = 200;
/** Most durations kept of one stage, or of one pipeline. */
export const maxNamedDurations = 500;

/** How long earlier runs of one workflow took, those that ended in success. Seconds. */
export interface DurationHistory {
  /** Whole runs, the newest {@link enoughRuns} or somewhat more. */
  readonly runs: readonly number[];
  /** Stages by name, in those runs and others near them. */
  readonly stages: ReadonlyMap<string, readonly number[]>;
  /** Pipelines by name, wherever they ran. */
  readonly pipelines: ReadonlyMap<string, readonly number[]>;
}

/** Whose history, and from where. */
export interface HistorySettings {
  readonly workflow: string;
  /** The run that is estimated: what it did itself is no history of it. */
  readonly runId: string;
  readonly spools: readonly SpoolListing[];
  readonly notices: NoticeList;
}

/** Reads the spools written last first, until enough runs are known. */
export function readDurationHistory({ workflow, runId, spools, notices }: HistorySettings): DurationHistory {
  const runs: number[] = [];
  const stages = new Map<string, number[]>();
  const pipelines = new Map<string, number[]>();
  const name = Buffer.from(workflow);
  const concerns = (bytes: Buffer): boolean => bytes.includes(completed) && bytes.includes(name);
  const newest = spools.toSorted((a, b) => b.lastWriteMs - a.lastWriteMs).slice(0, maxHistorySpools);
  for (const spool of newest) {
    if (runs.length >= enoughRuns) break;
    for (const record of readLogRecords({ spool, notices, concerns })) {
      const seconds = numberAt(record.attributes, ATTR_RUNLIGHT_OPERATION_DURATION);
      if (seconds === undefined || !isSuccessOf(record, workflow, runId)) continue;
      if (record.eventName === EVENT_WORKFLOW_COMPLETED) runs.push(seconds);
      else if (record.eventName === EVENT_STAGE_COMPLETED) addTo(stages, record, seconds);
      else if (record.eventName === EVENT_PIPELINE_COMPLETED) addTo(pipelines, record, seconds);
    }
  }
  return { runs, stages, pipelines };
}

const completed = Buffer.from(".completed");

function isSuccessOf({ attributes }: DecodedLogRecord, workflow: string, runId: string): boolean {
  return (
    attributes[ATTR_RUNLIGHT_OPERATION_OUTCOME] === "success" &&
    attributes[ATTR_WORKFLOW_DEFINITION_NAME] === workflow &&
    attributes[ATTR_WORKFLOW_EXECUTION_ID] !== runId
  );
}

function addTo(names: Map<string, number[]>, { attributes }: DecodedLogRecord, seconds: number): void {
  const name = textAt(attributes, ATTR_RUNLIGHT_OPERATION_NAME) ?? "";
  const known = names.get(name);
  if (known === undefined) names.set(name, [seconds]);
  else if (known.length < maxNamedDurations) known.push(seconds);
}
