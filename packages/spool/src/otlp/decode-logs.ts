import { decodeRequest } from "./decode-request.ts";
import { decodeKeyValue, decodeValue } from "./decode-value.ts";
import type { DecodedLogRecord, DecodedScope } from "./decoded.ts";
import type { Mutable } from "./mutable.ts";
import type { WireReader } from "./wire-reader.ts";

/** The records of one OTLP export request, in its order. Throws `SyntaxError` where the bytes are not one. */
export function decodeLogs(bytes: Uint8Array): readonly DecodedLogRecord[] {
  const records: DecodedLogRecord[] = [];
  decodeRequest(bytes, (reader, scope) => records.push(decodeLogRecord(reader, scope)));
  return records;
}

/** Reads one `LogRecord`. */
export function decodeLogRecord(reader: WireReader, scope: DecodedScope): DecodedLogRecord {
  const attributes: Record<string, unknown> = {};
  const record: Mutable<DecodedLogRecord> = {
    scope,
    timeUnixNano: 0n,
    observedTimeUnixNano: 0n,
    severityNumber: 0,
    attributes,
    droppedAttributesCount: 0,
    flags: 0,
  };
  while (reader.next()) {
    switch (reader.field) {
      case 1:
        record.timeUnixNano = reader.fixed64();
        break;
      case 2:
        record.severityNumber = reader.uint();
        break;
      case 3:
        record.severityText = reader.string();
        break;
      case 5:
        record.body = decodeValue(reader.message());
        break;
      case 6:
        decodeKeyValue(reader.message(), attributes);
        break;
      case 7:
        record.droppedAttributesCount = reader.uint();
        break;
      case 8:
        record.flags = reader.fixed32();
        break;
      case 9:
        record.traceId = reader.hex();
        break;
      case 10:
        record.spanId = reader.hex();
        break;
      case 11:
        record.observedTimeUnixNano = reader.fixed64();
        break;
      case 12:
        record.eventName = reader.string();
        break;
      default:
        reader.skip();
    }
  }
  return record;
}
