import { events } from "@runlight/conventions";
import { createSummaryBuilder } from "@runlight/core";
import type { RunSummary, SummaryBuilder, SummaryIdentity, SummaryState } from "@runlight/core";
import type { DecodedLogRecord } from "@runlight/spool";
import { recordTime } from "../record/log-entry.ts";
import { severityOf } from "../record/severity.ts";
import { millisecondsOf } from "../record/time.ts";
import type { KernelCalls } from "./kernel-calls.ts";
import type { PlacedRecord } from "./run-records.ts";

const ownEvents: ReadonlySet<string> = new Set(events.map((entry) => entry.name));

/** One run as its records and spans tell it. */
export interface SummarySource {
  readonly identity: SummaryIdentity;
  readonly records: Iterable<PlacedRecord>;
  readonly kernels: Iterable<KernelCalls>;
  readonly state: SummaryState;
}

/** What the run did, computed from what it left: the same fold that a run keeps while it lasts. */
export function computeSummary({ identity, records, kernels, state }: SummarySource): RunSummary {
  const builder = createSummaryBuilder(identity);
  for (const { record } of records) {
    if (!concernsSummary(record)) continue;
    builder.record({
      timeMs: millisecondsOf(recordTime(record)),
      eventName: record.eventName,
      severityNumber: record.severityNumber,
      body: record.body,
      attributes: record.attributes,
      traceId: record.traceId,
      spanId: record.spanId,
    });
  }
  // Kernel calls that go well leave spans and no record.
  for (const calls of kernels) addCalls(builder, calls);
  return builder.build(state);
}

// What other loggers say counts from WARN on.
function concernsSummary({ eventName, severityNumber }: DecodedLogRecord): boolean {
  return severityNumber >= severityOf("warn") || (eventName !== undefined && ownEvents.has(eventName));
}

// The slowest call counts as itself, the others with their mean.
function addCalls(builder: SummaryBuilder, { name, count, failed, durationSeconds, maxSeconds }: KernelCalls): void {
  const mean = count > 1 ? (durationSeconds - maxSeconds) / (count - 1) : 0;
  for (let call = 0; call < count; call += 1) builder.kernel(name, call === 0 ? maxSeconds : mean, call < failed);
}
