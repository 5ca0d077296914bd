import type { SpanContext } from "@opentelemetry/api";
import type { EventRecord } from "../sink/operation-sink.ts";
import { severityNumbers } from "../sink/severity.ts";
import type { Run } from "./run.ts";

/** Takes a record into the run's summary; without a run nothing happens. */
export function recordInRun(run: Run | undefined, record: EventRecord, span: SpanContext): void {
  run?.summary.record({
    timeMs: record.timeMs,
    eventName: record.eventName,
    severityNumber: severityNumbers[record.severity],
    body: record.body,
    attributes: record.attributes,
    traceId: span.traceId,
    spanId: span.spanId,
  });
}
