import { trace } from "@opentelemetry/api";
import type { Context } from "@opentelemetry/api";
import { startQueueing } from "@runlight/core";
import type { Queueing } from "@runlight/core";
import type { Span } from "bullmq";
import { bullmqAttributes, jobAttributes, queueAttributes, queueName } from "./job-attributes.ts";
import { withNextCarrier } from "./job-context.ts";
import { createSilentSpan } from "./silent-span.ts";

/**
 * The span of one `add`: a pipeline named after its queue is on its way. BullMQ tells the queue's name after the start and asks for the
 * context after that, so the producer span begins there.
 */
export function createProduceSpan(operation: string): Span<Context> {
  const told: Record<string, unknown> = {};
  let queueing: Queueing | undefined;
  let thrown: { readonly error: unknown } | undefined;
  return {
    ...createSilentSpan(),
    setSpanOnContext(context) {
      const name = queueName(told);
      const started = (queueing ??= startQueueing(name, {
        parentContext: context,
        attributes: queueAttributes(name, operation, "send"),
      }));
      return withNextCarrier(trace.setSpanContext(context, started.ticket.spanContext), () => started.ticket.carrier);
    },
    setAttribute: (name, value) => void (told[name] = value),
    setAttributes: (attributes) => void Object.assign(told, attributes),
    recordException: (error) => void (thrown = { error }),
    end() {
      queueing?.setAttributes(jobAttributes(told));
      if (thrown !== undefined) queueing?.failed(thrown.error);
      else queueing?.queued(Number(told[bullmqAttributes.bulkCount] ?? 1));
    },
  };
}
