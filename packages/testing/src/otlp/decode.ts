import { requestTypes, responseType } from "./definitions.ts";
import { flattenLogRecords } from "./log-records.ts";
import type { ReceivedLogRecord } from "./log-records.ts";
import { flattenMetricPoints } from "./metric-points.ts";
import type { ReceivedMetricPoint } from "./metric-points.ts";
import { flattenSpans } from "./spans.ts";
import type { ReceivedSpan } from "./spans.ts";

/** The three signals of OTLP. */
export type OtlpSignal = "logs" | "metrics" | "traces";

/** How an OTLP body is written. */
export type OtlpEncoding = "json" | "protobuf";

/** What one export request holds; two of the three lists are empty. */
export interface DecodedRequest {
  readonly spans: readonly ReceivedSpan[];
  readonly logRecords: readonly ReceivedLogRecord[];
  readonly metricPoints: readonly ReceivedMetricPoint[];
}

/**
 * Decodes one uncompressed OTLP export request into flat, plain objects.
 *
 * @throws SyntaxError when the bytes are no such request.
 */
export function decodeOtlpRequest(
  signal: OtlpSignal,
  body: Uint8Array,
  encoding: OtlpEncoding = "protobuf",
): DecodedRequest {
  const wire = encoding === "json" ? parseJson(body) : parseProtobuf(signal, body);
  switch (signal) {
    case "traces":
      return { spans: flattenSpans(wire), logRecords: [], metricPoints: [] };
    case "logs":
      return { spans: [], logRecords: flattenLogRecords(wire), metricPoints: [] };
    case "metrics":
      return { spans: [], logRecords: [], metricPoints: flattenMetricPoints(wire) };
  }
}

/** Encodes an export response; without `partialSuccess` it is empty, as full success is. */
export function encodeOtlpResponse(
  signal: OtlpSignal,
  encoding: OtlpEncoding,
  partialSuccess?: PartialSuccess,
): Uint8Array {
  if (encoding === "protobuf")
    return responseType
      .encode(responseType.fromObject(partialSuccess === undefined ? {} : { partialSuccess }))
      .finish();
  if (partialSuccess === undefined) return Buffer.from("{}");
  const rejectedField = { traces: "rejectedSpans", logs: "rejectedLogRecords", metrics: "rejectedDataPoints" }[signal];
  return Buffer.from(
    JSON.stringify({
      partialSuccess: { [rejectedField]: String(partialSuccess.rejected), errorMessage: partialSuccess.errorMessage },
    }),
  );
}

/** Items of a request that the receiver refused while it took the rest. */
export interface PartialSuccess {
  readonly rejected: number;
  readonly errorMessage: string;
}

function parseJson(body: Uint8Array): object {
  const value: unknown = JSON.parse(Buffer.from(body).toString("utf8"));
  if (typeof value !== "object" || value === null)
    throw new SyntaxError("Cannot read OTLP JSON: the body must be an object");
  return value;
}

function parseProtobuf(signal: OtlpSignal, body: Uint8Array): object {
  const type = requestTypes[signal];
  try {
    return type.toObject(type.decode(body), { longs: String });
  } catch (error) {
    throw new SyntaxError(`Cannot read OTLP ${signal}: the body must be protobuf`, { cause: error });
  }
}
