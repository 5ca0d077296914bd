import { SpanKind, SpanStatusCode, propagation, trace } from "@opentelemetry/api";
import type { Attributes, Context, Link, SpanContext } from "@opentelemetry/api";
import {
  ATTR_ERROR_TYPE,
  ATTR_MESSAGING_BATCH_MESSAGE_COUNT,
  ATTR_RUNLIGHT_PIPELINE_NAME,
} from "@runlight/conventions/names";
import { now } from "../clock.ts";
import { operationAttributes } from "../context/active-operation.ts";
import { startingContext } from "../context/process-context.ts";
import { cleanAttributes } from "../record/attributes.ts";
import type { AttributesInput } from "../record/attributes.ts";
import { boundText } from "../record/bounded-text.ts";
import { describeException } from "../record/exception.ts";
import { operationName } from "../record/operation-name.ts";
import { scopeName, scopeVersion } from "../sink/scope.ts";
import { writeCarrier } from "./queue-carrier.ts";
import type { QueueCarrier } from "./queue-carrier.ts";
import { tellQueued } from "./tell-queued.ts";

/** What may be said of a pipeline when it is queued. */
export interface QueueOptions {
  /** Attributes of the producer span and of the queued record. */
  readonly attributes?: AttributesInput;
  /** Other spans the producer span has to do with. */
  readonly links?: readonly Link[];
  /** Context to queue in, instead of the active one. */
  readonly parentContext?: Context;
}

/** A queued pipeline, from where it was queued. */
export interface QueueTicket {
  readonly name: string;
  /** Travels with the job, in its data or its headers; JSON-safe. The consumer gives it to `pipeline.take`. */
  readonly carrier: QueueCarrier;
  /** Ids of the producer span. */
  readonly spanContext: SpanContext;
}

/** A pipeline on its way into a queue: the producer span is open until one of its ends is told. The first end counts. */
export interface Queueing {
  readonly ticket: QueueTicket;
  /** The queue has it: `pipeline.queued` is told. `count` jobs at once, 1 or more, share the ticket. Default 1. */
  queued(count?: number): void;
  /** The queue did not take it. */
  failed(thrown: unknown): void;
  /** Adds attributes to the producer span and the queued record. After the end nothing happens. */
  setAttributes(attributes: AttributesInput): void;
}

/**
 * Begins to put a pipeline into a queue, for those who can tell when the queue has it; `pipeline.queue` is both at once.
 * The producer span is no operation (nothing runs yet, nothing is active): it is written through the OpenTelemetry API and not the sink.
 */
export function startQueueing(givenName: string, options: QueueOptions = {}): Queueing {
  const name = operationName(givenName);
  const parentContext = options.parentContext ?? startingContext();
  const inside = operationAttributes(parentContext);
  let attributes: Attributes = cleanAttributes(options.attributes);
  const span = trace.getTracer(scopeName, scopeVersion).startSpan(
    `queue ${name}`,
    {
      kind: SpanKind.PRODUCER,
      attributes: { ...inside, ...attributes, [ATTR_RUNLIGHT_PIPELINE_NAME]: name },
      links: [...(options.links ?? [])],
      startTime: now(),
    },
    parentContext,
  );
  const context = trace.setSpan(parentContext, span);
  const ticket = {
    name,
    spanContext: span.spanContext(),
    carrier: writeCarrier({
      name,
      producer: span.spanContext(),
      baggage: propagation.getBaggage(context),
      queuedAtMs: now(),
      attempt: 1,
      previous: undefined,
    }),
  };
  let ended = false;
  return {
    ticket,
    queued(count = 1) {
      if (ended) return;
      ended = true;
      const batch = count > 1 ? { [ATTR_MESSAGING_BATCH_MESSAGE_COUNT]: count } : {};
      span.setAttributes(batch);
      tellQueued({ name, attempt: 1, count, context, attributes: { ...inside, ...attributes, ...batch } });
      span.end(now());
    },
    failed(thrown) {
      if (ended) return;
      ended = true;
      const { type, message } = describeException(thrown);
      span.setAttribute(ATTR_ERROR_TYPE, type);
      span.setStatus({ code: SpanStatusCode.ERROR, message: boundText(`${type}: ${message}`, 1000) });
      span.end(now());
    },
    setAttributes(added) {
      if (ended) return;
      const clean = cleanAttributes(added);
      attributes = { ...attributes, ...clean };
      span.setAttributes(clean);
    },
  };
}
