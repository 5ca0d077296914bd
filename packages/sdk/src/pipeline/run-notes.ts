import { SeverityNumber, context } from "@opentelemetry/api";
import { hrTimeToMilliseconds } from "@opentelemetry/core";
import type { LogRecordProcessor } from "@opentelemetry/sdk-logs";
import { noteLogRecord } from "@runlight/core";

/** A log record processor that tells the run around a warning or error of it, whoever wrote it, so that the run's summary counts it. */
export function createRunNotes(): LogRecordProcessor {
  const nothing = (): Promise<void> => Promise.resolve();
  return {
    onEmit(record, of = context.active()) {
      const severityNumber = record.severityNumber ?? SeverityNumber.UNSPECIFIED;
      if (severityNumber < SeverityNumber.WARN) return;
      noteLogRecord(
        {
          timeMs: hrTimeToMilliseconds(record.hrTime),
          severityNumber,
          eventName: record.eventName,
          body: record.body,
          attributes: record.attributes,
        },
        of,
      );
    },
    forceFlush: nothing,
    shutdown: nothing,
  };
}
