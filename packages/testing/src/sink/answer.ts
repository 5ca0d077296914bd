import type { ServerResponse } from "node:http";
import { encodeOtlpResponse } from "../otlp/decode.ts";
import type { PartialSuccess } from "../otlp/decode.ts";
import type { ReceivedRequest } from "./request.ts";

/** What the sink answers: a status, or more. */
export type Answer = number | DetailedAnswer;

/** An answer with headers (`retry-after`) or a partial success. */
export interface DetailedAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly partialSuccess?: PartialSuccess;
}

/** Decides per request; it may wait before it does. */
export type Responder = (request: ReceivedRequest) => Answer | Promise<Answer>;

/** The HTTP status of an answer. */
export function statusOf(answer: Answer): number {
  return typeof answer === "number" ? answer : answer.status;
}

/** An OTLP receiver takes what it answers with a status of the 200s. */
export function isAccepted(status: number | undefined): boolean {
  return status !== undefined && status >= 200 && status < 300;
}

/** Sends an answer, with the export response of the request's encoding. */
export function writeAnswer(response: ServerResponse, request: ReceivedRequest, answer: Answer): void {
  const { status, headers, partialSuccess } =
    typeof answer === "number" ? { status: answer } : { headers: undefined, partialSuccess: undefined, ...answer };
  const contentType = request.encoding === "json" ? "application/json" : "application/x-protobuf";
  response.writeHead(status, { "content-type": contentType, ...headers });
  response.end(isAccepted(status) ? encodeOtlpResponse(request.signal, request.encoding, partialSuccess) : undefined);
}
