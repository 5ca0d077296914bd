import * as api from "@opentelemetry/api";
import type { Context, SpanContext } from "@opentelemetry/api";
import { ATTR_RUNLIGHT_OPERATION_PARENT_SPAN_ID } from "@runlight/conventions/names";
import { createApiRecorder } from "./api-metrics.ts";
import { emitThroughApi } from "./api-records.ts";
import { isApiIdle } from "./api-registrations.ts";
import type { MeasurementRecorder } from "./measurement-recorder.ts";
import { closedMeasurements, openedMeasurements } from "./measurements.ts";
import type { OpenOperation, OperationEnd, OperationSink, OperationStart } from "./operation-sink.ts";
import { scopeName, scopeVersion } from "./scope.ts";

/** What the owner of the providers may ask of the sink. */
export interface ApiSinkHooks {
  /** Called right before the span of a run's root starts, when that span begins a trace. */
  readonly beforeRootSpan?: (runId: string) => void;
  /** Takes the measurements of operations. Default: instruments of the API. */
  readonly record?: MeasurementRecorder;
}

/** A sink on the plain OpenTelemetry API: works under anybody's SDK, and without one does nothing. */
export function createApiSink(hooks: ApiSinkHooks = {}): OperationSink {
  const tracer = api.trace.getTracer(scopeName, scopeVersion);
  const record = hooks.record ?? createApiRecorder();
  const startSpan = (start: OperationStart, parent: Context): api.Span =>
    tracer.startSpan(
      `${start.kind} ${start.name}`,
      {
        attributes: start.attributes,
        startTime: start.startTimeMs,
        links: [...start.links],
        ...(start.spanKind === undefined ? {} : { kind: start.spanKind }),
      },
      parent,
    );
  return {
    open(start, parent) {
      if (hooks.record === undefined && isApiIdle()) return new IdleOperation(parent);
      const parentSpan = api.trace.getSpanContext(parent);
      const joins = parentSpan !== undefined && api.isSpanContextValid(parentSpan);
      if (start.isRoot && start.run !== undefined && !joins) hooks.beforeRootSpan?.(start.run.id);
      const span = startSpan(start, parent);
      const context = api.trace.setSpan(parent, span);
      for (const measurement of openedMeasurements(start)) record(measurement, context);
      if (start.record !== undefined) {
        const started = start.record;
        const link = joins ? { [ATTR_RUNLIGHT_OPERATION_PARENT_SPAN_ID]: parentSpan.spanId } : {};
        emitThroughApi({ ...started, attributes: { ...started.attributes, ...link } }, context);
      }
      return {
        context,
        spanContext: () => span.spanContext(),
        setAttributes: (attributes) => void span.setAttributes(attributes),
        close(end) {
          // The record first: a process killed between the two must not be found open by recovery.
          if (end.record !== undefined) emitThroughApi(end.record, context);
          for (const measurement of closedMeasurements(start, end)) record(measurement, context);
          endSpan(span, end);
        },
      };
    },
    measure(start, end, context) {
      for (const measurement of openedMeasurements(start)) record(measurement, context);
      for (const measurement of closedMeasurements(start, end)) record(measurement, context);
    },
    span: (start, end, parent) => endSpan(startSpan(start, parent), end),
    emit(record, context) {
      if (!isApiIdle()) emitThroughApi(record, context);
    },
    count: (metric, value, attributes) => record({ metric, value, attributes }, undefined),
  };
}

/** An operation that nobody is told of, in its parent's context: what is in there still reaches other processes. */
class IdleOperation implements OpenOperation {
  readonly context: Context;

  constructor(parent: Context) {
    this.context = parent;
  }

  spanContext(): SpanContext {
    return api.trace.getSpanContext(this.context) ?? api.INVALID_SPAN_CONTEXT;
  }

  setAttributes(): void {}

  close(): void {}
}

function endSpan(span: api.Span, end: OperationEnd): void {
  span.setAttributes(end.attributes);
  if (end.statusMessage !== undefined) span.setStatus({ code: api.SpanStatusCode.ERROR, message: end.statusMessage });
  span.end(end.endTimeMs);
}
