import type { DecodedLogRecord } from "./decoded.ts";
import { encodeRequest } from "./encode-request.ts";
import type { RequestResource } from "./encode-request.ts";
import { encodeAttributes, encodeValue } from "./encode-value.ts";
import type { WireWriter } from "./wire-writer.ts";

/** Encodes log records as one OTLP export request. Source: opentelemetry-proto, logs/v1. */
export function encodeLogs(resource: RequestResource, records: readonly DecodedLogRecord[]): Uint8Array {
  return encodeRequest(resource, records, encodeLogRecord);
}

function encodeLogRecord(writer: WireWriter, record: DecodedLogRecord): void {
  writer.fixed64(1, record.timeUnixNano);
  if (record.severityNumber !== 0) writer.uint(2, record.severityNumber);
  if (record.severityText !== undefined) writer.string(3, record.severityText);
  if (record.body !== undefined) encodeValue(writer, 5, record.body);
  encodeAttributes(writer, 6, record.attributes);
  writer.uint(7, record.droppedAttributesCount);
  if (record.flags !== 0) writer.fixed32(8, record.flags);
  if (record.traceId !== undefined) writer.hex(9, record.traceId);
  if (record.spanId !== undefined) writer.hex(10, record.spanId);
  writer.fixed64(11, record.observedTimeUnixNano);
  if (record.eventName !== undefined) writer.string(12, record.eventName);
}
