import type { ReadableLogRecord } from "@opentelemetry/sdk-logs";
import type { Redactor } from "./redactor.ts";

/** The record without secrets in its body and attributes; the same record when it has none. */
export function redactLogRecord(record: ReadableLogRecord, redactor: Redactor): ReadableLogRecord {
  const attributes = redactor.attributes(record.attributes);
  const body = redactor.value(record.body);
  if (attributes === record.attributes && body === record.body) return record;
  return Object.create(record, { attributes: { value: attributes }, body: { value: body } }) as ReadableLogRecord;
}
