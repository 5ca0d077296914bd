import { recallNextAttempt } from "../telemetry/attempt-memory.ts";
import { observedMark, parseMetadata } from "../telemetry/job-context.ts";

/** What is asked of a BullMQ job that becomes active. */
export interface ObservableJob {
  readonly id?: string | undefined;
  readonly queueName: string;
  /** Unix time in milliseconds at which it was added. */
  readonly timestamp: number;
  readonly attemptsMade: number;
  /** This attempt included, and those whose worker died. */
  readonly attemptsStarted: number;
  readonly opts: {
    readonly delay?: number | undefined;
    telemetry?: { metadata?: string; omitContext?: boolean } | undefined;
  };
}

/**
 * The carrier of the attempt that begins, from what BullMQ knows of the job: a job comes with the carrier of its first attempt
 * always, and one of a job scheduler with that of the first iteration. Time in the queue is told of first attempts, from when they
 * were due, and of further ones that this process put back.
 */
export function attemptMetadata(job: ObservableJob): string | undefined {
  const { id = "", queueName, timestamp, attemptsStarted, attemptsMade, opts } = job;
  const first: unknown = parseMetadata(opts.telemetry?.metadata ?? "{}");
  // What is no carrier is left as it is, for its reader to count.
  if (typeof first !== "object" || first === null || Array.isArray(first)) return undefined;
  const attempt = Math.max(attemptsStarted, attemptsMade + 1, 1);
  const { "runlight-queued-at": _queuedAt, ...lasting } = first as Readonly<Record<string, unknown>>;
  const dueMs = timestamp + (opts.delay ?? 0);
  const queued =
    attempt > 1 || Number.isNaN(new Date(dueMs).getTime())
      ? {}
      : { "runlight-queued-at": new Date(dueMs).toISOString() };
  const carrier = recallNextAttempt(queueName, id) ?? { ...lasting, ...queued };
  return JSON.stringify({ ...carrier, "runlight-attempt": String(attempt), [observedMark]: "1" });
}
