import { ATTR_RUNLIGHT_FOLD_COUNT, EVENT_WORKFLOW_STARTED, EVENT_WORKFLOW_SUMMARY } from "@runlight/conventions/names";
import type { RunSummary } from "@runlight/core";
import type { SpoolListing } from "@runlight/spool";
import { readLogRecords } from "../read/decode-frames.ts";
import type { NoticeList } from "../read/notices.ts";
import { recordTime } from "../record/log-entry.ts";
import { millisecondsOf } from "../record/time.ts";
import type { RunListing } from "../run-listing.ts";
import { computeSummary } from "./compute-summary.ts";
import { kernelCalls } from "./kernel-calls.ts";
import { parseSummary } from "./parse-summary.ts";
import { runRecords } from "./run-records.ts";
import type { RunRecordsSettings } from "./run-records.ts";
import { scopeOf } from "./run-scope.ts";
import { runSpans } from "./run-spans.ts";

/** Whose summary, and from where. */
export interface RunSummarySettings {
  readonly run: RunListing;
  readonly spools: readonly SpoolListing[];
  readonly notices: NoticeList;
  /** Pass over what the run said itself. Default false. */
  readonly recompute?: boolean;
}

/**
 * What the run did: as it told itself at its end, else computed from its records and spans. A process tells of what ran in it alone, so
 * that of a run with parts in others it is always computed.
 */
export function summaryOf({ run, spools, notices, recompute = false }: RunSummarySettings): RunSummary {
  const scope = scopeOf(run);
  const source = { scope, spools, notices };
  if (!recompute) {
    const told = toldSummary(run, source);
    if (told !== undefined && !spansProcesses(told.spool, source)) return told.summary;
  }
  const [started] = runRecords({ ...source, eventName: EVENT_WORKFLOW_STARTED });
  // The listing has milliseconds, the record has more.
  const startTimeMs = started === undefined ? Date.parse(run.startTime) : millisecondsOf(recordTime(started.record));
  return computeSummary({
    identity: { id: run.runId, workflowName: run.workflow, startTimeMs },
    records: runRecords(source),
    kernels: kernelCalls(runSpans({ ...source, nearText: ATTR_RUNLIGHT_FOLD_COUNT }), runSpans(source)),
    state: {
      status: run.status === "lost" || run.status === "silent" ? run.status : "running",
      atMs: startTimeMs + run.durationSeconds * 1000,
    },
  });
}

interface ToldSummary {
  readonly summary: RunSummary;
  readonly spool: SpoolListing;
}

function toldSummary(run: RunListing, source: RunRecordsSettings): ToldSummary | undefined {
  for (const { record, spool } of runRecords({ ...source, eventName: EVENT_WORKFLOW_SUMMARY })) {
    const summary = parseSummary(record.body);
    if (summary?.runId === run.runId) return { summary, spool };
  }
  return undefined;
}

/** Whether another process than that of `home` left a record of the run. */
function spansProcesses(home: SpoolListing, { scope, spools, notices }: RunRecordsSettings): boolean {
  return spools
    .filter((spool) => spool.directory !== home.directory && scope.admits(spool))
    .some((spool) => {
      for (const record of readLogRecords({ spool, notices, concerns: scope.mayHold })) {
        if (scope.owns(record)) return true;
      }
      return false;
    });
}
