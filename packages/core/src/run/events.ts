import { context, trace, INVALID_SPAN_CONTEXT } from "@opentelemetry/api";
import type { Attributes, Context } from "@opentelemetry/api";
import { events } from "@runlight/conventions";
import type { EventName, MetricAttributes, MetricName } from "@runlight/conventions/names";
import { now } from "../clock.ts";
import { activeOperation, operationAttributes } from "../context/active-operation.ts";
import { RecordInParts } from "../record/record-in-parts.ts";
import { sharedState } from "../shared-state.ts";
import type { EventBody, EventRecord } from "../sink/operation-sink.ts";
import { operationSink } from "../sink/registered-sink.ts";
import { recordInRun } from "./run-records.ts";

/** What is said of an event; time and run come from the context. */
export interface EventInput {
  readonly eventName: EventName;
  readonly severity: EventRecord["severity"];
  readonly attributes: Attributes;
  readonly body?: EventBody;
}

/** Writes a log record with an event name within the active operation, and tells the run's summary of it. Never throws. */
export function emitEvent(event: EventInput): void {
  const active = context.active();
  const record = new RecordInParts(event, now(), operationAttributes(active), event.attributes);
  operationSink().emit(record, active);
  const run = activeOperation(active)?.run;
  if (run !== undefined) recordInRun(run, record, trace.getSpanContext(active) ?? INVALID_SPAN_CONTEXT);
}

/** Writes the event once in each run that is active, or once outside any where there is none. Never throws. */
export function emitEventInRuns(event: EventInput): void {
  const roots = [...sharedState().activeRuns].flatMap((run) => [...run.open].slice(0, 1));
  if (roots.length === 0) emitEvent(event);
  for (const root of roots) context.with(root.context, () => emitEvent(event));
}

/** True while a run is active in this process. */
export function isRunActive(): boolean {
  return sharedState().activeRuns.size > 0;
}

/** Adds to a counter of the registry. Its attributes cannot hold ids. */
export function countMetric(metric: MetricName, value: number, attributes: MetricAttributes): void {
  operationSink().count(metric, value, attributes);
}

const ownEvents: ReadonlySet<string> = new Set(events.map((entry) => entry.name));

/** A log record that somebody else wrote. */
export interface ForeignLogRecord {
  /** Unix time in milliseconds. */
  readonly timeMs: number;
  readonly severityNumber: number;
  readonly eventName: string | undefined;
  readonly body: unknown;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Tells the run around `of` that a log record was written inside it, so that its summary counts warnings and errors. The run's own events are known already. */
export function noteLogRecord(record: ForeignLogRecord, of: Context): void {
  const operation = activeOperation(of);
  if (operation?.run === undefined || record.severityNumber < 13) return;
  if (record.eventName !== undefined && ownEvents.has(record.eventName)) return;
  operation.run.summary.record({ ...record, attributes: { ...operation.innerAttributes, ...record.attributes } });
}
