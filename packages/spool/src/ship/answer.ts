import { WireReader } from "../otlp/wire-reader.ts";

/** What a receiver said of a request. */
export type Answer =
  /** It took the request, but for `rejected` records. */
  | { readonly kind: "accepted"; readonly rejected: number; readonly message?: string }
  /** It did not take the request now; the same request may be sent again. */
  | { readonly kind: "retry"; readonly message: string; readonly retryAfterMs?: number }
  /** It will not take the request. */
  | { readonly kind: "refused"; readonly status: number; readonly message: string };

const maxMessageLength = 300;

/** Reads the body of an accepting response: what of the request was rejected all the same. Source: OTLP/HTTP, partial success. */
export function readAccepted(body: Buffer, contentType: string): Answer {
  const { rejected, message } = attempt(() =>
    isJson(contentType) ? partialSuccessFromJson(body) : partialSuccess(body),
  ) ?? { rejected: 0, message: "" };
  return message === "" ? { kind: "accepted", rejected } : { kind: "accepted", rejected, message: readable(message) };
}

/** Reads why a response refuses: the message of its `Status`, or its text. */
export function readRefusal(status: number, body: Buffer, contentType: string): string {
  const told = attempt(() =>
    isJson(contentType) ? statusFromJson(body) : isProtobuf(contentType) ? statusMessage(body) : body.toString("utf8"),
  );
  const message = readable(told ?? "");
  return message === "" ? `HTTP ${status}` : `HTTP ${status}: ${message}`;
}

interface PartialSuccess {
  readonly rejected: number;
  readonly message: string;
}

function partialSuccess(body: Buffer): PartialSuccess {
  let rejected = 0;
  let message = "";
  const response = new WireReader(body);
  while (response.next()) {
    if (response.field !== 1) {
      response.skip();
      continue;
    }
    const partial = response.message();
    while (partial.next()) {
      if (partial.field === 1) rejected = Number(partial.int64());
      else if (partial.field === 2) message = partial.string();
      else partial.skip();
    }
  }
  return { rejected, message };
}

function partialSuccessFromJson(body: Buffer): PartialSuccess {
  const partial = field(JSON.parse(body.toString("utf8")), "partialSuccess");
  const counts = ["rejectedSpans", "rejectedLogRecords", "rejectedDataPoints"].map((name) =>
    Number(field(partial, name) ?? 0),
  );
  return {
    rejected: counts.reduce((sum, count) => sum + count, 0),
    message: text(field(partial, "errorMessage")) ?? "",
  };
}

function statusMessage(body: Buffer): string {
  const status = new WireReader(body);
  let message = "";
  while (status.next()) {
    if (status.field === 2) message = status.string();
    else status.skip();
  }
  return message;
}

function statusFromJson(body: Buffer): string {
  const parsed: unknown = JSON.parse(body.toString("utf8"));
  return text(field(parsed, "message")) ?? text(field(parsed, "error")) ?? body.toString("utf8");
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function isJson(contentType: string): boolean {
  return contentType.includes("json");
}

function isProtobuf(contentType: string): boolean {
  return contentType.includes("protobuf");
}

function readable(text: string): string {
  return text
    .replaceAll(/[\p{C}\s]+/gu, " ")
    .trim()
    .slice(0, maxMessageLength);
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
