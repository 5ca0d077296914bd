import { ROOT_CONTEXT, context as contextApi } from "@opentelemetry/api";
import type { Context } from "@opentelemetry/api";
import type { Span, Telemetry } from "bullmq";
import { nextMetadataIn, processIn, withMetadata, withNextCarrier } from "./job-context.ts";
import { createProcessSpan } from "./process-span.ts";
import { createProduceSpan } from "./produce-span.ts";
import { createSilentSpan } from "./silent-span.ts";

/** By what BullMQ's spans are told apart: the first word of their names. */
const producing: ReadonlySet<string> = new Set(["add", "addBulk", "addNode"]);
/** Puts a failed job back into its queue. */
const retrying: ReadonlySet<string> = new Set(["delay", "retry"]);

/**
 * BullMQ's telemetry as queued pipelines, for the option `telemetry` of queues, workers and flow producers. A pipeline is named after its
 * queue. `add`, `addBulk` and the nodes of a flow are producer spans; each attempt of a job is a pipeline with its number and its time in
 * the queue, delays included, linked to its producer and to the attempt before. Housekeeping of BullMQ (locks, stalled jobs, polling)
 * leaves no spans. Never throws, and changes nothing of what jobs do.
 */
export function createBullmqTelemetry(): Telemetry<Context> {
  return {
    tracer: {
      startSpan(name) {
        const [operation = ""] = name.split(" ", 1);
        if (producing.has(operation)) return createProduceSpan(operation);
        if (operation === "process") return createProcessSpan(operation);
        if (retrying.has(operation)) return createPutBackSpan(true);
        if (operation === "fail") return createPutBackSpan(false);
        return createSilentSpan();
      },
    },
    contextManager: {
      with: (of: Context, body) => contextApi.with(of, body),
      active: () => contextApi.active(),
      root: () => ROOT_CONTEXT,
      getMetadata: nextMetadataIn,
      fromMetadata: withMetadata,
    },
  };
}

/** A job that failed gets the carrier of its next attempt; after the last attempt that one waits for a person to try it again. */
function createPutBackSpan(waiting: boolean): Span<Context> {
  return createSilentSpan((context) => {
    const process = processIn(context);
    return process === undefined ? context : withNextCarrier(context, () => process.nextCarrier(waiting) ?? {});
  });
}
