import type { LogRecordProcessor, ReadableLogRecord } from "@opentelemetry/sdk-logs";
import { stockSerializers } from "../providers/stock-packages.ts";
import { redactLogRecord } from "../redaction/redact-log-record.ts";
import type { Redactor } from "../redaction/redactor.ts";
import { withKnownResource } from "./known-resource.ts";
import type { SignalWriter } from "./signal-writer.ts";
import { urgencyOfEvent } from "./urgency.ts";

const serialize = withKnownResource((record: ReadableLogRecord) =>
  stockSerializers().ProtobufLogsSerializer.serializeRequest([record]),
);

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
