import { rfc3339 } from "../record/time.ts";
import type { RunListing } from "../run-listing.ts";
import type { RunFold } from "./run-fold.ts";
import { lastedUntil, statusOf } from "./run-status.ts";

/** The run as a list of runs shows it. */
export function toListing(run: RunFold, nowMs: number): RunListing {
  const startMs = startOf(run);
  const { identity, directory } = run.spool;
  return {
    runId: run.runId,
    workflow: run.workflow,
    status: statusOf(run),
    service: identity.serviceName,
    host: identity.hostName,
    pid: identity.pid,
    traceId: run.traceId,
    startTime: rfc3339(startMs),
    endTime: run.end === undefined ? undefined : rfc3339(run.end.timeMs),
    durationSeconds: Math.max(0, lastedUntil(run, nowMs) - startMs) / 1000,
    stages: { done: run.stagesDone, failed: run.stagesFailed, open: run.openStages.size },
    progress: run.progress?.summary,
    lostEvidence: run.end === undefined ? run.lost?.evidence : undefined,
    spool: directory,
  };
}

/** When the run began; its first record where retention has deleted its start. */
export function startOf(run: RunFold): number {
  return run.startMs ?? run.firstMs;
}
