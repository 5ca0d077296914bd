import { context } from "@opentelemetry/api";
import { processIn } from "../telemetry/job-context.ts";
import { attemptMetadata } from "./attempt-carrier.ts";
import type { ObservableJob } from "./attempt-carrier.ts";

/** What is asked of a BullMQ worker: its events. */
export interface ObservableWorker {
  on(event: "active", listener: (job: ObservableJob) => void): unknown;
  on(event: "failed", listener: (job: unknown, error: Error) => void): unknown;
}

/**
 * Lets a worker with `createBullmqTelemetry()` tell what BullMQ's telemetry interface does not: which attempt of its job begins, how long
 * that one waited, the attempt before it, and class and stack of what was thrown. Jobs are as they were but for `opts.telemetry` in
 * this process's memory. Gives the worker back.
 */
export function observeWorker<W extends ObservableWorker>(worker: W): W {
  worker.on("active", (job) => {
    const metadata = attemptMetadata(job);
    if (metadata !== undefined) job.opts.telemetry = { ...job.opts.telemetry, metadata };
  });
  worker.on("failed", (_job, error) => processIn(context.active())?.threw(error));
  return worker;
}
