import type { RunStatus } from "../run-listing.ts";
import type { RunFold } from "./run-fold.ts";

/** How the run stands: its own outcome first, then what recovery said, then whether its process lives. */
export function statusOf({ end, lost, spool }: RunFold): RunStatus {
  if (end !== undefined) return end.outcome;
  if (lost !== undefined) return "lost";
  // A process that closed its spool without ending the run will never end it.
  return spool.life === "ended" ? "lost" : spool.life;
}

/** Unix time in milliseconds up to which the run has lasted. */
export function lastedUntil(run: RunFold, nowMs: number): number {
  if (run.end !== undefined) return run.end.timeMs;
  return statusOf(run) === "running" ? Math.max(nowMs, run.lastMs) : (run.lost?.lastSeenMs ?? run.lastMs);
}
