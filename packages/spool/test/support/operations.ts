import {
  ATTR_RUNLIGHT_OPERATION_KIND,
  ATTR_RUNLIGHT_OPERATION_NAME,
  ATTR_RUNLIGHT_OPERATION_PARENT_SPAN_ID,
  ATTR_WORKFLOW_DEFINITION_NAME,
  ATTR_WORKFLOW_EXECUTION_ID,
} from "@runlight/conventions/names";
import type { EventName, OperationKind } from "@runlight/conventions/names";
import type { DecodedLogRecord } from "../../src/otlp/decoded.ts";
import { encodeLogs } from "../../src/otlp/encode-logs.ts";

export const traceId = "0af7651916cd43dd8448eb211c80319c";
export const startNano = 1_700_000_000_000_000_000n;

/** An operation as its records describe it. */
export interface Operation {
  readonly kind: OperationKind;
  readonly name: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly flags?: number;
}

export const flights: Operation = { kind: "workflow", name: "flights", spanId: "00000000000000aa" };
export const load: Operation = {
  kind: "stage",
  name: "load",
  spanId: "00000000000000bb",
  parentSpanId: flights.spanId,
};
export const convert: Operation = {
  kind: "pipeline",
  name: "convert",
  spanId: "00000000000000cc",
  parentSpanId: load.spanId,
};

/** A record of an operation. `offsetMs`: its time after the start of the run. */
export function eventOf(eventName: EventName, operation: Operation, offsetMs = 0): DecodedLogRecord {
  const time = startNano + BigInt(offsetMs) * 1_000_000n;
  return {
    scope: { name: "@runlight/core", version: "0.1.0" },
    timeUnixNano: time,
    observedTimeUnixNano: time,
    severityNumber: 9,
    severityText: "INFO",
    body: `${operation.kind} ${operation.name}`,
    attributes: {
      [ATTR_WORKFLOW_EXECUTION_ID]: "20231114_221320-7f3a9c1e",
      [ATTR_WORKFLOW_DEFINITION_NAME]: "flights",
      [ATTR_RUNLIGHT_OPERATION_KIND]: operation.kind,
      [ATTR_RUNLIGHT_OPERATION_NAME]: operation.name,
      ...(operation.parentSpanId === undefined
        ? {}
        : { [ATTR_RUNLIGHT_OPERATION_PARENT_SPAN_ID]: operation.parentSpanId }),
    },
    droppedAttributesCount: 0,
    flags: operation.flags ?? 1,
    traceId,
    spanId: operation.spanId,
    eventName,
  };
}

/** A request of some records, as the service "flights" emits them. */
export function requestOf(records: readonly DecodedLogRecord[]): Uint8Array {
  return encodeLogs(
    { attributes: { "service.name": "flights" }, schemaUrl: "https://opentelemetry.io/schemas/1.45.0" },
    records,
  );
}
