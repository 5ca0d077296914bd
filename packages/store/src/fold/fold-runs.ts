import { ATTR_WORKFLOW_EXECUTION_ID } from "@runlight/conventions/names";
import type { SpoolListing } from "@runlight/spool";
import { readLogRecords } from "../read/decode-frames.ts";
import type { NoticeList } from "../read/notices.ts";
import { textAt } from "../record/attributes.ts";
import type { RunFold } from "./run-fold.ts";
import { beginFold, foldRecord } from "./run-fold.ts";
import { startOf } from "./to-listing.ts";

/** What to fold and how far. */
export interface FoldSettings {
  readonly spools: readonly SpoolListing[];
  readonly notices: NoticeList;
  /** Runs that are asked for; others do not count towards `limit`. */
  readonly accepts: (run: RunFold) => boolean;
  /** Enough once so many of the newest accepted runs are known. */
  readonly limit: number;
}

// The event name of an OTLP log record is its field 12: tag `b`, one byte of length, the text. What is not a record of a workflow's or
// a stage's life, which is most of a long run, is passed over undecoded this way.
// oxlint-disable-next-line no-control-regex
const lifecycleRecord = /b[\u0001-\u007f](?:stage|workflow)\./u;

function holdsLifecycle(bytes: Buffer): boolean {
  return lifecycleRecord.test(bytes.toString("latin1"));
}

// Clocks of hosts that share a file system differ.
const clockSkewMs = 60_000;

/**
 * The newest accepted runs, newest first, at most `limit`.
 *
 * Reads the spools written last first, and stops as soon as no other can hold a record of a run that is newer than those already known.
 */
export function foldRuns({ spools, notices, accepts, limit }: FoldSettings): readonly RunFold[] {
  const runs = new Map<string, RunFold>();
  const byLastWrite = [...spools].sort((a, b) => b.lastWriteMs - a.lastWriteMs);
  for (const spool of byLastWrite) {
    const oldest = oldestWanted(runs, accepts, limit);
    if (oldest !== undefined && spool.lastWriteMs < oldest - clockSkewMs) break;
    foldSpool(runs, spool, notices);
  }
  return newestFirst(runs).filter(accepts).slice(0, limit);
}

function foldSpool(runs: Map<string, RunFold>, spool: SpoolListing, notices: NoticeList): void {
  for (const record of readLogRecords({ spool, notices, concerns: holdsLifecycle })) {
    const runId = textAt(record.attributes, ATTR_WORKFLOW_EXECUTION_ID);
    if (runId === undefined) continue;
    let run = runs.get(runId);
    if (run === undefined) runs.set(runId, (run = beginFold(runId, record, spool)));
    foldRecord(run, record, spool);
  }
}

// A run whose start has not been read yet may have begun in an older spool: then there is no stopping.
function oldestWanted(
  runs: ReadonlyMap<string, RunFold>,
  accepts: (run: RunFold) => boolean,
  limit: number,
): number | undefined {
  if (runs.size < limit) return undefined;
  const newest = newestFirst(runs);
  if (newest.some((run) => run.startMs === undefined)) return undefined;
  return newest.filter(accepts)[limit - 1]?.startMs;
}

function newestFirst(runs: ReadonlyMap<string, RunFold>): RunFold[] {
  return [...runs.values()].sort((a, b) => startOf(b) - startOf(a) || (a.runId < b.runId ? 1 : -1));
}
