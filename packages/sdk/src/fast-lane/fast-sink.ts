import { INVALID_SPAN_CONTEXT, SpanStatusCode, isSpanContextValid, trace } from "@opentelemetry/api";
import type { Attributes, Context, SpanContext } from "@opentelemetry/api";
import type { LogRecordLimits, ReadableLogRecord } from "@opentelemetry/sdk-logs";
import type { Sampler } from "@opentelemetry/sdk-trace";
import { ATTR_RUNLIGHT_OPERATION_PARENT_SPAN_ID } from "@runlight/conventions/names";
import { isTracingSuppressed, spanOf, withSpan } from "@runlight/core";
import type {
  EventRecord,
  MeasurementRecorder,
  OpenOperation,
  OperationEnd,
  OperationSink,
  OperationStart,
} from "@runlight/core";
import type { BoundMetrics } from "../operation-metrics/bound-cells.ts";
import type { Redactor } from "../redaction/redactor.ts";
import { FastSpan } from "./fast-span.ts";
import type { SpanOwner } from "./fast-span.ts";
import { createKnownPlaces } from "./known-places.ts";
import type { KnownPlace } from "./known-places.ts";
import type { Lane } from "./lane.ts";
import { createLogWriter } from "./log-writer.ts";
import { createSample } from "./sampling.ts";
import type { KnownSpanLimits } from "./span-details.ts";
import { createSpanWriter } from "./span-writer.ts";

/** What the fast lane is made of. */
export interface FastSinkOptions {
  /** `undefined` where spans are switched off. */
  readonly traces: Lane | undefined;
  /** `undefined` where log records are switched off. */
  readonly logs: Lane | undefined;
  readonly metrics: { readonly bound: BoundMetrics; readonly record: MeasurementRecorder } | undefined;
  readonly sampler: Sampler;
  readonly spanLimits: KnownSpanLimits;
  readonly logRecordLimits: Required<Pick<LogRecordLimits, "attributeCountLimit" | "attributeValueLengthLimit">>;
  readonly redactor: Redactor;
  /** Told of each record's event before it is written. */
  readonly seen: (eventName: ReadableLogRecord["eventName"]) => void;
}

/**
 * The operations' own way past the stock SDK: each span and record is encoded once, straight into the spool's memory, and measured in
 * bound cells. Hot path: budget 500 ns for a span with its metrics, 250 ns for a record. Everything else goes through the SDK as ever.
 */
export function createFastSink(options: FastSinkOptions): OperationSink {
  const { traces, logs, metrics, spanLimits, redactor, seen } = options;
  const spans = createSpanWriter(redactor, spanLimits);
  const records = createLogWriter(redactor, options.logRecordLimits);
  const placeOf = createKnownPlaces(metrics?.bound.cellsOf);
  const owner: SpanOwner = { limits: spanLimits, placeOf, sample: createSample(options.sampler), closed, ended };

  function closed(span: FastSpan, end: OperationEnd): void {
    // The record first: a process killed between the two must not be found open by recovery.
    if (end.record !== undefined) emit(end.record, span, undefined);
    measureEnd(span.start, span.place, end, span.isSampled ? span : undefined);
    endSpan(span, end);
  }

  function measureEnd(
    start: OperationStart,
    { cells }: KnownPlace,
    end: OperationEnd,
    span: FastSpan | undefined,
  ): void {
    if (cells !== undefined) metrics?.bound.closed(cells, start, end, span);
  }

  function endSpan(span: FastSpan, end: OperationEnd): void {
    if (end.statusMessage !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: end.statusMessage });
    span.finish(end);
  }

  function ended(span: FastSpan, end: OperationEnd | undefined): void {
    if (traces === undefined || !span.isSampled || !traces.begin()) return;
    try {
      spans.write(traces.batch, span, end);
      traces.commit(span.start.kind === "kernel" ? "batched" : "prompt", end?.endTimeMs ?? Date.now());
    } catch (error) {
      traces.fail(error);
    }
  }

  function emit(record: EventRecord, span: FastSpan | SpanContext | undefined, extra: Attributes | undefined): void {
    if (logs === undefined) return;
    seen(record.eventName);
    if (!logs.begin()) return;
    try {
      logs.commit(records.write(logs.batch, record, span, extra), record.timeMs);
    } catch (error) {
      logs.fail(error);
    }
  }

  function started(start: OperationStart, above: FastSpan | SpanContext | undefined, span: FastSpan | undefined): void {
    const { cells } = span?.place ?? placeOf(start);
    if (cells !== undefined) metrics?.bound.opened(cells);
    if (start.record === undefined) return;
    const link = above === undefined ? undefined : { [ATTR_RUNLIGHT_OPERATION_PARENT_SPAN_ID]: spanIdOf(above) };
    emit(start.record, span, link);
  }

  /** Where tracing is suppressed, an operation is still measured and told. */
  function openWithoutSpan(start: OperationStart, parent: Context): OpenOperation {
    started(start, spanIn(parent), undefined);
    return {
      context: withSpan(parent, suppressedSpan),
      spanContext: () => INVALID_SPAN_CONTEXT,
      setAttributes() {},
      close(end) {
        if (end.record !== undefined) emit(end.record, undefined, undefined);
        measureEnd(start, placeOf(start), end, undefined);
      },
    };
  }

  return {
    open(start, parent) {
      if (isTracingSuppressed(parent)) return openWithoutSpan(start, parent);
      const above = spanIn(parent);
      const span = new FastSpan(owner, start, parent, above);
      started(start, above, span);
      return span;
    },
    measure(start, end) {
      const place = placeOf(start);
      if (place.cells !== undefined) metrics?.bound.opened(place.cells);
      measureEnd(start, place, end, undefined);
    },
    span(start, end, parent) {
      if (!isTracingSuppressed(parent)) endSpan(new FastSpan(owner, start, parent, spanIn(parent)), end);
    },
    emit: (record, context) => emit(record, spanIn(context), undefined),
    count: (metric, value, attributes) => metrics?.record({ metric, value, attributes }, undefined),
  };
}

const suppressedSpan = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);

/** The span of a context: one of ours, or the ids of somebody else's valid one. */
function spanIn(context: Context): FastSpan | SpanContext | undefined {
  const span = spanOf(context);
  if (span === undefined || span instanceof FastSpan) return span;
  const ids = span.spanContext();
  return isSpanContextValid(ids) ? ids : undefined;
}

function spanIdOf(span: FastSpan | SpanContext): string {
  return span instanceof FastSpan ? span.spanContext().spanId : span.spanId;
}
