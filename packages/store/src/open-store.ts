import { join, resolve } from "node:path";
import type { RunSummary } from "@runlight/core";
import { listSpools } from "@runlight/spool";
import { readDurationHistory } from "./eta/duration-history.ts";
import type { Eta } from "./eta/eta.ts";
import { foldRuns } from "./fold/fold-runs.ts";
import type { RunFold } from "./fold/run-fold.ts";
import { statusOf } from "./fold/run-status.ts";
import { toListing } from "./fold/to-listing.ts";
import { followRun } from "./follow/follow-run.ts";
import type { FollowedRun } from "./follow/follow-run.ts";
import { findRun } from "./query/find-run.ts";
import { selectRecords } from "./query/run-logs.ts";
import type { LogQuery, RunLookup, RunQuery } from "./query/run-query.ts";
import { runRecords } from "./query/run-records.ts";
import { scopeOf } from "./query/run-scope.ts";
import { runSpans } from "./query/run-spans.ts";
import { summaryOf } from "./query/run-summary.ts";
import { createNoticeList } from "./read/notices.ts";
import type { Notice } from "./read/notices.ts";
import type { LogEntry } from "./record/log-entry.ts";
import { toLogEntry } from "./record/log-entry.ts";
import type { SpanEntry } from "./record/span-entry.ts";
import { toSpanEntry } from "./record/span-entry.ts";
import type { RunListing } from "./run-listing.ts";

/**
 * What is known of the runs recorded under one `.runlight` directory.
 *
 * Each answer is read from the spools anew, so it holds what a run at work has written up to then. What cannot be read is passed over
 * and told by `notices()`; only a directory that cannot be listed throws.
 */
export interface Store {
  /** Absolute path of `.runlight`. */
  readonly directory: string;
  /** Runs, newest first. */
  runs(query?: RunQuery): readonly RunListing[];
  /** The run that `latest`, an id or the beginning of one id names. */
  find(reference: string): RunLookup;
  /** What the run did: as it told itself at its end, else computed from its records. */
  summary(run: RunListing): RunSummary;
  /** The run's log records: each process's in the order it wrote them, processes merged by time. One record a process is in memory. */
  logs(run: RunListing, query?: LogQuery): Iterable<LogEntry>;
  /** The run's spans, process by process, in the order they ended. */
  spans(run: RunListing): Iterable<SpanEntry>;
  /** Follows a run at work: each question reads only what came since the last one. */
  follow(run: RunListing): FollowedRun;
  /** When a run at work is likely to end; `undefined` for other runs, and where neither progress nor earlier runs tell. */
  eta(run: RunListing): Eta | undefined;
  /** What could not be read so far, each once; at most 20. */
  notices(): readonly Notice[];
}

/**
 * Opens the store of a `.runlight` directory. Nothing is read before the first question; a directory that is not there holds no runs.
 * @param directory Path of `.runlight`.
 */
export function openStore(directory: string): Store {
  const root = resolve(directory);
  const spoolRoot = join(root, "spool");
  const notices = createNoticeList();
  const list = (limit: number, accepts: (run: RunFold) => boolean): readonly RunListing[] => {
    const folds = foldRuns({ spools: listSpools(spoolRoot), notices, accepts, limit });
    const nowMs = Date.now();
    return folds.map((fold) => toListing(fold, nowMs));
  };
  const follow = (run: RunListing): FollowedRun =>
    followRun({
      run,
      spoolRoot,
      notices,
      history: () => {
        const { workflow, runId } = run;
        return readDurationHistory({ workflow, runId, spools: listSpools(spoolRoot), notices });
      },
    });
  return {
    directory: root,
    runs: ({ limit = Number.POSITIVE_INFINITY, statuses } = {}) =>
      list(limit, (run) => statuses === undefined || statuses.includes(statusOf(run))),
    find: (reference) => findRun(reference, list),
    summary: (run) => summaryOf({ run, spools: listSpools(spoolRoot), notices }),
    *logs(run, query = {}) {
      const records = runRecords({ scope: scopeOf(run), spools: listSpools(spoolRoot), notices });
      for (const { record, spool } of selectRecords(records, query)) yield toLogEntry(record, spool.identity);
    },
    *spans(run) {
      for (const { span, spool } of runSpans({ scope: scopeOf(run), spools: listSpools(spoolRoot), notices })) {
        yield toSpanEntry(span, spool.identity);
      }
    },
    follow,
    eta(run) {
      if (run.status !== "running") return undefined;
      const followed = follow(run);
      followed.read();
      return followed.eta(Date.now());
    },
    notices: () => notices.list(),
  };
}
