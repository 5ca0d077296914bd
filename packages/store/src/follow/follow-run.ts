import type { DurationHistory } from "../eta/duration-history.ts";
import { estimateRun, estimatePart } from "../eta/estimate.ts";
import type { Eta } from "../eta/eta.ts";
import { scopeOf } from "../query/run-scope.ts";
import type { NoticeList } from "../read/notices.ts";
import { toLogEntry } from "../record/log-entry.ts";
import type { LogEntry } from "../record/log-entry.ts";
import type { RunListing, RunStatus } from "../run-listing.ts";
import { createLiveRun } from "./live-run.ts";
import type { LiveOperation, LiveRun } from "./live-run.ts";
import { createRunTail } from "./run-tail.ts";

/** A run that is followed while it is at work. */
export interface FollowedRun {
  readonly run: RunListing;
  /** What is open and how far it is, as of the last `read()`. */
  readonly live: LiveRun;
  /** The log records that came since the last question; the first answer begins with the run. */
  read(): readonly LogEntry[];
  /** How the run stands, as of the last `read()`. */
  status(): RunStatus;
  /** When the run is likely to end; `undefined` where neither progress nor earlier runs tell. */
  eta(nowMs: number): Eta | undefined;
  /** The same for one open operation. */
  etaOf(operation: LiveOperation, nowMs: number): Eta | undefined;
}

/** Which run to follow. */
export interface FollowSettings {
  readonly run: RunListing;
  readonly spoolRoot: string;
  readonly notices: NoticeList;
  /** How long earlier runs took; asked once, when something is first estimated. */
  readonly history: () => DurationHistory;
}

/** Follows a run from its beginning on. */
export function followRun({ run, spoolRoot, notices, history }: FollowSettings): FollowedRun {
  const tail = createRunTail({ scope: scopeOf(run), spoolRoot, notices });
  const fold = createLiveRun();
  const { live } = fold;
  let known: DurationHistory | undefined;
  let seenOpen = false;
  const pastDurations = (): DurationHistory => (known ??= history());
  const rootOf = (): LiveOperation | undefined => [...live.open.values()].find(({ kind }) => kind === "workflow");
  return {
    run,
    live,
    read() {
      const entries: LogEntry[] = [];
      for (const { record, spool } of tail.read()) {
        fold.add(record);
        entries.push(toLogEntry(record, spool.identity));
      }
      seenOpen ||= live.open.size > 0;
      return entries;
    },
    status() {
      if (live.outcome !== undefined) return live.outcome;
      const home = tail.spools().find(({ directory }) => directory === run.spool);
      // A process that closed its spool without ending the run will never end it; nor will one whose spool retention took.
      if (home === undefined || home.life === "ended") return seenOpen ? "lost" : run.status;
      return home.life;
    },
    eta(nowMs) {
      const root = rootOf();
      return root === undefined ? undefined : estimateRun(root, pastDurations(), nowMs);
    },
    etaOf(operation, nowMs) {
      return operation.kind === "workflow"
        ? estimateRun(operation, pastDurations(), nowMs)
        : estimatePart(operation, pastDurations(), nowMs);
    },
  };
}
