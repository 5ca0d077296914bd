import type { Resource } from "@opentelemetry/resources";
import type { LogRecordProcessor, ReadableLogRecord } from "@opentelemetry/sdk-logs";
import { stockSerializers } from "../providers/stock-packages.ts";
import { redactLogRecord } from "../redaction/redact-log-record.ts";
import type { Redactor } from "../redaction/redactor.ts";
import { withKnownResource } from "./known-resource.ts";
import type { SignalWriter } from "./signal-writer.ts";
import { urgencyOfEvent } from "./urgency.ts";

const serialize = withKnownResource(
  (record: ReadableLogRecord) => stockSerializers().ProtobufLogsSerializer.serializeRequest([record]),
  copyOfRecord,
);

/** The record with another resource. */
export function copyOfRecord(record: ReadableLogRecord, resource: Resource): ReadableLogRecord {
  // What a record does not have, the serializer passes over; the compiler would have it left out.
  return {
    resource,
    instrumentationScope: record.instrumentationScope,
    hrTime: record.hrTime,
    hrTimeObserved: record.hrTimeObserved,
    severityNumber: record.severityNumber,
    severityText: record.severityText,
    body: record.body,
    eventName: record.eventName,
    attributes: record.attributes,
    droppedAttributesCount: record.droppedAttributesCount,
    spanContext: record.spanContext,
  } as ReadableLogRecord;
}

/** A log record as an OTLP export request, secrets taken out. */
export function encodeLogRecord(record: ReadableLogRecord, redactor: Redactor): Uint8Array | undefined {
  return serialize(redactLogRecord(record, redactor));
}

/**
 * A log record processor that writes each record when it is emitted. It holds nothing back, so there is nothing to flush.
 *
 * @param seen told of each record before it is written
 */
export function createLogRecordProcessor(
  writer: SignalWriter<ReadableLogRecord>,
  seen: (record: ReadableLogRecord) => void = () => {},
): LogRecordProcessor {
  return {
    onEmit(record) {
      seen(record);
      writer.write(record, urgencyOfEvent(record.eventName));
    },
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
}
