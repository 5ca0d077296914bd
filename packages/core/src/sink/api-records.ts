import * as api from "@opentelemetry/api";
import type { Context } from "@opentelemetry/api";
import type { EventRecord } from "./operation-sink.ts";
import { scopeName, scopeVersion } from "./scope.ts";
import { severityNumbers } from "./severity.ts";

/** Writes one record through the API's logs; API 1.9 has none, then nothing is written. */
export function emitThroughApi(record: EventRecord, context: Context): void {
  api.logs?.getLogger(scopeName, scopeVersion).emit({
    eventName: record.eventName,
    timestamp: record.timeMs,
    severityNumber: severityNumbers[record.severity],
    severityText: record.severity,
    attributes: record.attributes,
    context,
    ...(record.body === undefined ? {} : { body: record.body }),
  });
}
