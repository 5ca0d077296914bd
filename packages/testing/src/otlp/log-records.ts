import { plainAttributes, plainId, plainResource, plainScope, plainTime, plainValue } from "./values.ts";
import type { PlainAttributes, PlainScope, PlainValue } from "./values.ts";
import type { WireLogRecord, WireLogsRequest } from "./wire.ts";

/** A log record as it arrived, with its scope and resource; ids in lower-case hexadecimal, times in nanoseconds since 1970. */
export interface ReceivedLogRecord {
  /** Empty when the record is not an event. */
  readonly eventName: string;
  readonly severityNumber: number;
  readonly severityText: string;
  readonly body: PlainValue;
  readonly attributes: PlainAttributes;
  readonly droppedAttributesCount: number;
  /** Empty outside a span. */
  readonly traceId: string;
  /** Empty outside a span. */
  readonly spanId: string;
  readonly flags: number;
  readonly timeUnixNano: bigint;
  readonly observedTimeUnixNano: bigint;
  readonly scope: PlainScope;
  readonly resource: PlainAttributes;
}

/** The log records of a request, in its order. */
export function flattenLogRecords(request: WireLogsRequest): ReceivedLogRecord[] {
  return (request.resourceLogs ?? []).flatMap((group) =>
    (group.scopeLogs ?? []).flatMap((part) =>
      (part.logRecords ?? []).map((record) =>
        receivedLogRecord(record, plainScope(part.scope), plainResource(group.resource)),
      ),
    ),
  );
}

function receivedLogRecord(record: WireLogRecord, scope: PlainScope, resource: PlainAttributes): ReceivedLogRecord {
  return {
    eventName: record.eventName ?? "",
    severityNumber: record.severityNumber ?? 0,
    severityText: record.severityText ?? "",
    body: plainValue(record.body),
    attributes: plainAttributes(record.attributes),
    droppedAttributesCount: record.droppedAttributesCount ?? 0,
    traceId: plainId(record.traceId),
    spanId: plainId(record.spanId),
    flags: record.flags ?? 0,
    timeUnixNano: plainTime(record.timeUnixNano),
    observedTimeUnixNano: plainTime(record.observedTimeUnixNano),
    scope,
    resource,
  };
}
