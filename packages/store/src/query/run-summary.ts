import { EVENT_WORKFLOW_STARTED, EVENT_WORKFLOW_SUMMARY } from "@runlight/conventions/names";
import type { RunSummary } from "@runlight/core";
import type { SpoolListing } from "@runlight/spool";
import type { NoticeList } from "../read/notices.ts";
import { recordTime } from "../record/log-entry.ts";
import { millisecondsOf } from "../record/time.ts";
import type { RunListing } from "../run-listing.ts";
import { computeSummary } from "./compute-summary.ts";
import { parseSummary } from "./parse-summary.ts";
import { runRecords } from "./run-records.ts";
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

/** What the run did: as it told itself at its end, else computed from its records and spans. */
export function summaryOf({ run, spools, notices, recompute = false }: RunSummarySettings): RunSummary {
  const scope = scopeOf(run);
  const listedStartMs = Date.parse(run.startTime);
  let startTimeMs = listedStartMs;
  for (const { record } of runRecords(scope, spools, notices)) {
    if (record.eventName === EVENT_WORKFLOW_STARTED) startTimeMs = millisecondsOf(recordTime(record));
    if (recompute || record.eventName !== EVENT_WORKFLOW_SUMMARY) continue;
    const told = parseSummary(record.body);
    if (told?.runId === run.runId) return told;
  }
  return computeSummary({
    identity: { id: run.runId, workflowName: run.workflow, startTimeMs },
    records: runRecords(scope, spools, notices),
    spans: runSpans(scope, spools, notices),
    state: {
      status: run.status === "lost" || run.status === "silent" ? run.status : "running",
      atMs: listedStartMs + run.durationSeconds * 1000,
    },
  });
}
