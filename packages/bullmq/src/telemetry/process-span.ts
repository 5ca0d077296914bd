import type { Context } from "@opentelemetry/api";
import { ATTR_RUNLIGHT_OPERATION_ATTEMPT } from "@runlight/conventions/names";
import { pipeline } from "@runlight/core";
import type { Operation, QueueCarrier } from "@runlight/core";
import type { Span } from "bullmq";
import { rememberNextAttempt } from "./attempt-memory.ts";
import { bullmqAttributes, jobAttributes, queueAttributes, queueName } from "./job-attributes.ts";
import { metadataIn, observedMark, withProcess } from "./job-context.ts";

/** One attempt of a job, as a taken pipeline. */
export interface ProcessSpan extends Span<Context> {
  /** The carrier for the next attempt: of one that waits from now on, or of one that may never come. */
  nextCarrier(waiting: boolean): QueueCarrier | undefined;
  /** What the job threw; BullMQ itself tells only the message. */
  threw(error: unknown): void;
}

/** The end of an attempt, as far as it is known. */
type Verdict = { readonly kind: "completed" } | { readonly kind: "failed"; readonly error: unknown };

/** The span of one attempt. It ends well or not as BullMQ says; a job put back without a verdict (delayed, rate-limited) is skipped. */
export function createProcessSpan(operationName: string): ProcessSpan {
  const told: Record<string, unknown> = {};
  let operation: Operation | undefined;
  let verdict: Verdict | undefined;
  let thrownByJob: { readonly error: unknown } | undefined;
  let observed = false;
  let next: QueueCarrier | undefined;
  let trouble: { readonly error: unknown } | undefined;

  const span: ProcessSpan = {
    setSpanOnContext(context) {
      const name = queueName(told);
      const queued = metadataIn(context);
      observed = isObserved(queued);
      operation ??= pipeline.start(name, {
        queued: observed ? queued : lastingParts(queued),
        parentContext: context,
        attributes: queueAttributes(name, operationName, "process"),
      });
      return withProcess(operation.context, span);
    },
    setAttribute: (name, value) => span.setAttributes({ [name]: value }),
    setAttributes(attributes) {
      Object.assign(told, attributes);
      operation?.setAttributes(jobAttributes(told));
      // Told when the attempt has ended, which is late but right.
      if (!observed)
        operation?.setAttributes({ [ATTR_RUNLIGHT_OPERATION_ATTEMPT]: told[bullmqAttributes.attemptsMade] });
    },
    addEvent(name, attributes = {}) {
      if (name === "job completed") verdict = { kind: "completed" };
      if (name === "job failed")
        verdict = {
          kind: "failed",
          error: thrownByJob?.error ?? { name: "Error", message: attributes[bullmqAttributes.failedReason] },
        };
    },
    // Redis away while the result is written is told here too, again and again: it counts only where no verdict comes.
    recordException: (error) => void (trouble = { error }),
    end() {
      if (verdict?.kind === "completed") operation?.end();
      else if (verdict?.kind === "failed") operation?.fail(verdict.error);
      else if (trouble === undefined) operation?.end("skip");
      else operation?.fail(trouble.error);
    },
    // Asked again when Redis was away while the job was put back, which is one putting back.
    nextCarrier(waiting) {
      if (operation === undefined || next !== undefined) return next;
      next = pipeline.requeue(operation, { waiting }).carrier;
      const id = told[bullmqAttributes.jobId];
      if (typeof id === "string") rememberNextAttempt(queueName(told), id, next);
      return next;
    },
    threw: (error) => void (thrownByJob = { error }),
  };
  return span;
}

function isObserved(queued: unknown): boolean {
  return typeof queued === "object" && queued !== null && Object.hasOwn(queued, observedMark);
}

/** Without `observeWorker` nobody knows whether a job's carrier is that of its first attempt: neither its number nor its time are told. */
function lastingParts(queued: unknown): unknown {
  if (typeof queued !== "object" || queued === null || Array.isArray(queued)) return queued;
  const {
    "runlight-attempt": _attempt,
    "runlight-queued-at": _queuedAt,
    ...lasting
  } = queued as Record<string, unknown>;
  return lasting;
}
