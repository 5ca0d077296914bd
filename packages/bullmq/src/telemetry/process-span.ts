import type { Context } from "@opentelemetry/api";
import { pipeline } from "@runlight/core";
import type { Operation, QueueCarrier } from "@runlight/core";
import type { Span } from "bullmq";
import { bullmqAttributes, jobAttributes, queueAttributes, queueName } from "./job-attributes.ts";
import { metadataIn, withProcess } from "./job-context.ts";

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
  let next: QueueCarrier | undefined;
  let trouble: { readonly error: unknown } | undefined;

  const span: ProcessSpan = {
    setSpanOnContext(context) {
      const name = queueName(told);
      operation ??= pipeline.start(name, {
        queued: metadataIn(context),
        parentContext: context,
        attributes: queueAttributes(name, operationName, "process"),
      });
      return withProcess(operation.context, span);
    },
    setAttribute: (name, value) => span.setAttributes({ [name]: value }),
    setAttributes(attributes) {
      Object.assign(told, attributes);
      operation?.setAttributes(jobAttributes(told));
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
    nextCarrier: (waiting) => (next ??= operation && pipeline.requeue(operation, { waiting }).carrier),
    threw: (error) => void (thrownByJob = { error }),
  };
  return span;
}
