import { context } from "@opentelemetry/api";
import { processIn } from "../telemetry/job-context.ts";

/** What is asked of a BullMQ worker: its events. */
export interface ObservableWorker {
  on(event: "failed", listener: (job: unknown, error: Error) => void): unknown;
}

/**
 * Lets the records of a worker's failed jobs tell the class and the stack of what was thrown. BullMQ's telemetry tells the message
 * alone, and the worker's `failed` event all of it. Gives the worker back.
 */
export function observeWorker<W extends ObservableWorker>(worker: W): W {
  worker.on("failed", (_job, error) => processIn(context.active())?.threw(error));
  return worker;
}
