import { SpanKind, propagation } from "@opentelemetry/api";
import type { SpanContext } from "@opentelemetry/api";
import {
  ATTR_RUNLIGHT_OPERATION_ATTEMPT,
  ATTR_RUNLIGHT_PIPELINE_QUEUE_DURATION,
  METRIC_RUNLIGHT_PIPELINE_QUEUE_DURATION,
} from "@runlight/conventions/names";
import { now } from "../clock.ts";
import { startingContext } from "../context/process-context.ts";
import { beginOperation } from "../operation/begin-operation.ts";
import type { OperationOptions } from "../operation/begin-operation.ts";
import type { Operation } from "../operation/operation.ts";
import { runInside } from "../operation/run-inside.ts";
import { cleanAttributes } from "../record/attributes.ts";
import { countMetric } from "../run/events.ts";
import { consumerPlace } from "./consumer-place.ts";
import { writeCarrier } from "./queue-carrier.ts";
import type { CarrierFacts, QueueCarrier } from "./queue-carrier.ts";
import { queueMetricAttributes } from "./queue-metric-attributes.ts";
import { maxAttempt } from "./read-carrier.ts";
import type { QueueTicket } from "./start-queueing.ts";
import { tellQueued } from "./tell-queued.ts";

/** What may be said of a pipeline that is taken from a queue. */
export interface TakeOptions extends OperationOptions {
  /** Number of the attempt, from 1, where the queue knows better than the carrier. */
  readonly attempt?: number;
}

/** What is known of a pipeline that was taken from a queue. */
export interface TakenPipeline {
  /** From 1; `undefined` when neither the carrier nor the queue tells. */
  readonly attempt: number | undefined;
  /** Time in the queue, in seconds; `undefined` when the carrier does not tell. */
  readonly queueSeconds: number | undefined;
}

/** Whether a next attempt waits from now on, or may never come. */
export interface RequeueOptions {
  /** False: only the carrier is made; nothing is told, and the next attempt will not know how long it waited. Default true. */
  readonly waiting?: boolean;
}

interface Taken extends TakenPipeline {
  readonly producer: SpanContext | undefined;
}

const takenPipelines = new WeakMap<Operation, Taken>();

/** Begins a pipeline that was taken from a queue: a consumer span with links, its number, and the time it waited. */
export function beginTaken(name: string, carrier: CarrierFacts, options: TakeOptions): Operation {
  const { attempt = carrier.attempt, ...given } = options;
  const told = attempt !== undefined && Number.isInteger(attempt) && attempt >= 1 && attempt <= maxAttempt;
  const number = told ? attempt : carrier.attempt;
  const { parentContext, links } = consumerPlace(carrier, options.parentContext ?? startingContext());
  const queueSeconds = carrier.queuedAtMs === undefined ? undefined : Math.max(0, now() - carrier.queuedAtMs) / 1000;
  const operation = beginOperation("pipeline", name, {
    spanKind: SpanKind.CONSUMER,
    ...given,
    parentContext,
    links: [...links, ...(options.links ?? [])],
    attributes: {
      ...cleanAttributes(options.attributes),
      ...(number === undefined ? {} : { [ATTR_RUNLIGHT_OPERATION_ATTEMPT]: number }),
      ...(queueSeconds === undefined ? {} : { [ATTR_RUNLIGHT_PIPELINE_QUEUE_DURATION]: queueSeconds }),
    },
  });
  takenPipelines.set(operation, { attempt: number, queueSeconds, producer: carrier.producer });
  if (queueSeconds !== undefined)
    runInside(operation, () =>
      countMetric(
        METRIC_RUNLIGHT_PIPELINE_QUEUE_DURATION,
        queueSeconds,
        queueMetricAttributes(operation.name, operation.context),
      ),
    );
  return operation;
}

/** What is known of the taking of an operation; of one that was never queued it is the first attempt. */
export function takenPipeline(operation: Operation): TakenPipeline {
  return takenPipelines.get(operation) ?? { attempt: 1, queueSeconds: undefined };
}

/**
 * A ticket for the next attempt of a pipeline that was taken: its carrier names this attempt, which the next one links.
 * The producer stays who first queued it; of a pipeline that came without a carrier it is this attempt.
 */
export function requeue(operation: Operation, { waiting = true }: RequeueOptions = {}): QueueTicket {
  const { name, context, spanContext } = operation;
  const { attempt: made } = takenPipeline(operation);
  const attempt = made === undefined ? undefined : Math.min(maxAttempt, made + 1);
  const carrier: QueueCarrier = writeCarrier({
    name,
    producer: takenPipelines.get(operation)?.producer ?? spanContext,
    baggage: propagation.getBaggage(context),
    queuedAtMs: waiting ? now() : undefined,
    attempt,
    previous: spanContext,
  });
  if (waiting) tellQueued({ name, attempt, count: 1, context, attributes: operation.innerAttributes });
  return { name, carrier, spanContext };
}
