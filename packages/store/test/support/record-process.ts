import { ProtobufLogsSerializer, ProtobufTraceSerializer } from "@opentelemetry/otlp-transformer";
import { resourceFromAttributes } from "@opentelemetry/resources";
import type { ReadableLogRecord } from "@opentelemetry/sdk-logs";
import type { ReadableSpan } from "@opentelemetry/sdk-trace";
import { defaultBounds, openSpool } from "@runlight/spool";
import type { Spool } from "@runlight/spool";

/** One log record to write. */
export interface RecordedLog {
  /** Unix time in milliseconds. */
  readonly at: number;
  readonly event?: string;
  readonly severity?: number;
  readonly body?: unknown;
  readonly attributes?: Readonly<Record<string, unknown>>;
  /** 16 hexadecimal digits. */
  readonly span?: string;
  readonly trace?: string;
}

/** One span to write. */
export interface RecordedSpan {
  readonly name: string;
  /** Unix times in milliseconds. */
  readonly start: number;
  readonly end: number;
  readonly span: string;
  readonly trace?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** Trace of everything that names none. */
export const recordedTraceId = "0af7651916cd43dd8448eb211c80319c";

const resource = resourceFromAttributes({ "service.name": "flights" });
const instrumentationScope = { name: "@runlight/core", version: "0.1.0" };

/** Opens the spool of a process on another host, where nobody can tell whether it lives. */
export function openRecordedSpool(root: string, pid: number, startedAt: string): Spool {
  const identity = { pid, startedAt, hostName: "beam-04", serviceName: "flights", bootId: "b", startTicks: "1" };
  return openSpool({ root, bounds: defaultBounds, identity });
}

/** Appends log records as one request of the official serializer. */
export function appendLogs(spool: Spool, logs: readonly RecordedLog[]): void {
  const records = logs.map(
    ({ at, event, severity = 9, body, attributes = {}, span = "b7ad6b7169203331", trace = recordedTraceId }) =>
      ({
        hrTime: hrTime(at),
        hrTimeObserved: hrTime(at),
        severityNumber: severity,
        eventName: event,
        body,
        attributes,
        droppedAttributesCount: 0,
        spanContext: { traceId: trace, spanId: span, traceFlags: 1 },
        resource,
        instrumentationScope,
      }) as unknown as ReadableLogRecord,
  );
  const request = ProtobufLogsSerializer.serializeRequest(records);
  if (request !== undefined) spool.append("logs", request, { urgency: "prompt", records: records.length });
  spool.flush();
}

/** Appends spans as one request of the official serializer. */
export function appendSpans(spool: Spool, spans: readonly RecordedSpan[]): void {
  const records = spans.map(
    ({ name, start, end, span, trace = recordedTraceId, attributes = {} }) =>
      ({
        name,
        kind: 0,
        spanContext: () => ({ traceId: trace, spanId: span, traceFlags: 1 }),
        startTime: hrTime(start),
        endTime: hrTime(end),
        attributes,
        links: [],
        events: [],
        status: { code: 0 },
        droppedAttributesCount: 0,
        droppedEventsCount: 0,
        droppedLinksCount: 0,
        resource,
        instrumentationScope,
      }) as unknown as ReadableSpan,
  );
  const request = ProtobufTraceSerializer.serializeRequest(records);
  if (request !== undefined) spool.append("traces", request, { urgency: "batched", records: records.length });
}

function hrTime(unixMs: number): [number, number] {
  const seconds = Math.floor(unixMs / 1000);
  return [seconds, Math.round((unixMs - seconds * 1000) * 1_000_000)];
}
