import { ATTR_RUNLIGHT_STAGE_NAME } from "@runlight/conventions/names";
import type { DecodedLogRecord, ProcessIdentity } from "@runlight/spool";
import type { LogLevel } from "./severity.ts";
import { levelOf } from "./severity.ts";
import { millisecondsOf, rfc3339 } from "./time.ts";

/** One log record of a run. */
export interface LogEntry {
  /** RFC 3339, UTC, in milliseconds. */
  readonly time: string;
  /** Nanoseconds since the epoch, as decimal digits. */
  readonly timeUnixNano: string;
  readonly level: LogLevel | undefined;
  /** OTLP severity number, 1 to 24; 0 where the record has none. */
  readonly severityNumber: number;
  readonly eventName: string | undefined;
  readonly stage: string | undefined;
  readonly body: unknown;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly traceId: string | undefined;
  readonly spanId: string | undefined;
  /** Name of the scope (the logger) it came from. */
  readonly scope: string;
  readonly service: string;
  readonly host: string;
  readonly pid: number;
}

/** A decoded record as the store answers it. */
export function toLogEntry(record: DecodedLogRecord, process: ProcessIdentity): LogEntry {
  const timeUnixNano = recordTime(record);
  const stage = record.attributes[ATTR_RUNLIGHT_STAGE_NAME];
  return {
    time: rfc3339(millisecondsOf(timeUnixNano)),
    timeUnixNano: String(timeUnixNano),
    level: levelOf(record.severityNumber),
    severityNumber: record.severityNumber,
    eventName: record.eventName,
    stage: typeof stage === "string" ? stage : undefined,
    body: record.body,
    attributes: record.attributes,
    traceId: record.traceId,
    spanId: record.spanId,
    scope: record.scope.name,
    service: process.serviceName,
    host: process.hostName,
    pid: process.pid,
  };
}

/** When it happened, or when it was seen where a record does not say, in nanoseconds since the epoch. */
export function recordTime(record: DecodedLogRecord): bigint {
  return record.timeUnixNano === 0n ? record.observedTimeUnixNano : record.timeUnixNano;
}
