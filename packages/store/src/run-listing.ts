import type { Outcome } from "@runlight/conventions/names";
import type { ProgressSummary } from "@runlight/core";

/** How a run stands: its outcome, or what is known of a run that has none. */
export type RunStatus = Outcome | "lost" | "running" | "silent";

/** Every status a run can have. */
export const runStatuses: readonly RunStatus[] = [
  "running",
  "silent",
  "lost",
  "success",
  "failure",
  "cancellation",
  "timeout",
  "skip",
  "error",
];

/** One run in a list of runs. */
export interface RunListing {
  readonly runId: string;
  readonly workflow: string;
  readonly status: RunStatus;
  readonly service: string;
  readonly host: string;
  readonly pid: number;
  /** 32 hexadecimal digits; empty where no record of the run names a trace. */
  readonly traceId: string;
  /** RFC 3339, UTC. */
  readonly startTime: string;
  /** RFC 3339, UTC; of a run that has no outcome there is none. */
  readonly endTime: string | undefined;
  /** From its start to its end, to its last record (lost, silent) or to now (running). */
  readonly durationSeconds: number;
  readonly stages: StageCounts;
  readonly progress: ProgressSummary | undefined;
  /** Why recovery took the run's process for gone; `undefined` for runs that recovery did not close. */
  readonly lostEvidence: string | undefined;
  /** Absolute path of the spool of the process that began it. */
  readonly spool: string;
}

/** Stages of a run by where they stand. */
export interface StageCounts {
  /** Ended, well or not. */
  readonly done: number;
  /** Ended with another outcome than success or skip. */
  readonly failed: number;
  /** Begun and not ended. */
  readonly open: number;
}

/** True for the name of a status. */
export function isRunStatus(value: unknown): value is RunStatus {
  return runStatuses.some((status) => status === value);
}
