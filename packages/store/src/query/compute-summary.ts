import { events } from "@runlight/conventions";
import {
  ATTR_RUNLIGHT_OPERATION_KIND,
  ATTR_RUNLIGHT_OPERATION_NAME,
  ATTR_RUNLIGHT_OPERATION_OUTCOME,
} from "@runlight/conventions/names";
import { createSummaryBuilder } from "@runlight/core";
import type { RunSummary, SummaryBuilder, SummaryIdentity, SummaryState } from "@runlight/core";
import type { DecodedLogRecord, DecodedSpan } from "@runlight/spool";
import { textAt } from "../record/attributes.ts";
import { recordTime } from "../record/log-entry.ts";
import { severityOf } from "../record/severity.ts";
import { spanSeconds } from "../record/span-entry.ts";
import { millisecondsOf } from "../record/time.ts";
import type { PlacedRecord } from "./run-records.ts";
import type { PlacedSpan } from "./run-spans.ts";

const ownEvents: ReadonlySet<string> = new Set(events.map((entry) => entry.name));

/** One run as its records and spans tell it. */
export interface SummarySource {
  readonly identity: SummaryIdentity;
  readonly records: Iterable<PlacedRecord>;
  readonly spans: Iterable<PlacedSpan>;
  readonly state: SummaryState;
}

/** What the run did, computed from what it left: the same fold that a run keeps while it lasts. */
export function computeSummary({ identity, records, spans, state }: SummarySource): RunSummary {
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
  // Kernel calls that go well leave a span and no record.
  for (const { span } of spans)
    if (textAt(span.attributes, ATTR_RUNLIGHT_OPERATION_KIND) === "kernel") addKernel(builder, span);
  return builder.build(state);
}

// What other loggers say counts from WARN on.
function concernsSummary({ eventName, severityNumber }: DecodedLogRecord): boolean {
  return severityNumber >= severityOf("warn") || (eventName !== undefined && ownEvents.has(eventName));
}

function addKernel(builder: SummaryBuilder, span: DecodedSpan): void {
  const outcome = textAt(span.attributes, ATTR_RUNLIGHT_OPERATION_OUTCOME);
  builder.kernel(
    textAt(span.attributes, ATTR_RUNLIGHT_OPERATION_NAME) ?? span.name,
    spanSeconds(span),
    outcome !== "success" && outcome !== "skip",
  );
}
