import { INVALID_SPAN_CONTEXT, context as contextApi, trace } from "@opentelemetry/api";
import type { Attributes, Context } from "@opentelemetry/api";
import {
  ATTR_RUNLIGHT_OPERATION_ATTEMPT,
  ATTR_RUNLIGHT_OPERATION_KIND,
  ATTR_RUNLIGHT_OPERATION_NAME,
  EVENT_PIPELINE_QUEUED,
  METRIC_RUNLIGHT_PIPELINE_QUEUED,
} from "@runlight/conventions/names";
import { now } from "../clock.ts";
import { activeOperation } from "../context/active-operation.ts";
import { countMetric } from "../run/events.ts";
import { recordInRun } from "../run/run-records.ts";
import type { EventRecord } from "../sink/operation-sink.ts";
import { operationSink } from "../sink/registered-sink.ts";
import { queueMetricAttributes } from "./queue-metric-attributes.ts";

/** A pipeline that its queue has taken. */
export interface QueuedFacts {
  readonly name: string;
  /** From 1; `undefined` when it is not known. */
  readonly attempt: number | undefined;
  /** Jobs queued at once. */
  readonly count: number;
  /** With the producer span, or the attempt before, in it. */
  readonly context: Context;
  readonly attributes: Attributes;
}

/** Tells that a pipeline was queued: record, counter, and the operation that did it. */
export function tellQueued({ name, attempt, count, context, attributes }: QueuedFacts): void {
  const times = attempt === undefined || attempt === 1 ? "" : `, attempt ${attempt}`;
  const record: EventRecord = {
    eventName: EVENT_PIPELINE_QUEUED,
    severity: "INFO",
    timeMs: now(),
    attributes: {
      ...attributes,
      [ATTR_RUNLIGHT_OPERATION_KIND]: "pipeline",
      [ATTR_RUNLIGHT_OPERATION_NAME]: name,
      ...(attempt === undefined ? {} : { [ATTR_RUNLIGHT_OPERATION_ATTEMPT]: attempt }),
    },
    body: `pipeline ${name} queued${count > 1 ? `, ${count} jobs` : ""}${times}`,
  };
  const operation = activeOperation(context);
  operationSink().emit(record, context);
  recordInRun(operation?.run, record, trace.getSpanContext(context) ?? INVALID_SPAN_CONTEXT);
  // A further attempt is no further pipeline.
  if (attempt === 1) operation?.countQueued(count);
  contextApi.with(context, () =>
    countMetric(METRIC_RUNLIGHT_PIPELINE_QUEUED, count, queueMetricAttributes(name, context)),
  );
}
