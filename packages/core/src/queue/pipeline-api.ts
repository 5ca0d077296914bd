import { runToCompletion } from "../completion/complete.ts";
import { beginOperation } from "../operation/begin-operation.ts";
import type { OperationOptions } from "../operation/begin-operation.ts";
import type { OperationApi } from "../operation/kinds.ts";
import type { Operation } from "../operation/operation.ts";
import { readCarrier } from "./read-carrier.ts";
import { startQueueing } from "./start-queueing.ts";
import type { QueueOptions, QueueTicket } from "./start-queueing.ts";
import { beginTaken, requeue, takenPipeline } from "./taken-pipeline.ts";
import type { RequeueOptions, TakenPipeline, TakeOptions } from "./taken-pipeline.ts";

/** What may be said of a pipeline when it begins. */
export interface PipelineOptions extends TakeOptions {
  /**
   * The ticket or carrier with which the pipeline was queued, as {@link PipelineApi.take} reads it. Given but `undefined` or `null`
   * stands for a job that came without one.
   */
  readonly queued?: unknown;
}

/** A pipeline: run it now, or queue it here and run it there. */
export interface PipelineApi extends OperationApi<PipelineOptions, OperationOptions> {
  /** Tells that a pipeline is queued: a short producer span, `pipeline.queued`, and a ticket whose carrier travels with the job. */
  queue(name: string, options?: QueueOptions): QueueTicket;
  /**
   * Runs `body` as the queued pipeline: a consumer span with its number of attempt and its time in the queue, linked to the span that
   * queued it and to the attempt before. A pipeline that a run queued belongs to that run: it joins its trace, as a child of the producer's
   * span, and carries its id. One that no run queued begins a trace of its own, or is part of what the consumer is doing.
   *
   * `queued` may come from strangers: only its known parts are read, what cannot be read is ignored and counted. A redelivered job
   * has the carrier of its first delivery: say its number in `attempt`.
   */
  take<T>(queued: unknown, body: (operation: Operation, taken: TakenPipeline) => T): T;
  take<T>(queued: unknown, options: TakeOptions, body: (operation: Operation, taken: TakenPipeline) => T): T;
  /** A ticket for the next attempt of a pipeline that was taken; the next attempt links this one. */
  requeue(operation: Operation, options?: RequeueOptions): QueueTicket;
}

/** Begins a pipeline: now, or as one that was queued. */
export function beginPipeline(kind: "pipeline", name: string, options: PipelineOptions = {}): Operation {
  if (!("queued" in options)) return beginOperation(kind, name, options);
  const { queued, ...given } = options;
  return beginTaken(name, readCarrier(queued), given);
}

/** What a pipeline can do beyond other kinds. */
export const queueMethods: Pick<PipelineApi, "queue" | "requeue" | "take"> = {
  queue(name, options) {
    const queueing = startQueueing(name, options);
    queueing.queued();
    return queueing.ticket;
  },
  requeue,
  take,
};

type TakenBody<T> = (operation: Operation, taken: TakenPipeline) => T;

function take<T>(queued: unknown, ...rest: [TakenBody<T>] | [TakeOptions, TakenBody<T>]): T {
  const [options, body] = rest.length === 1 ? [{}, rest[0]] : rest;
  if (typeof body !== "function")
    throw new TypeError(`Cannot take pipeline: body must be a function, current value is ${typeof body}`);
  const carrier = readCarrier(queued);
  const operation = beginTaken(carrier.name ?? "", carrier, options);
  return runToCompletion(operation, () => body(operation, takenPipeline(operation)));
}
