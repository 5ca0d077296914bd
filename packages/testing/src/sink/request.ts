import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { decodeOtlpRequest } from "../otlp/decode.ts";
import type { DecodedRequest, OtlpEncoding, OtlpSignal } from "../otlp/decode.ts";

/** One request as the sink saw it, whether it was accepted or not. */
export interface ReceivedRequest extends DecodedRequest {
  readonly signal: OtlpSignal;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly encoding: OtlpEncoding;
  readonly compression: "gzip" | "none";
  /** Size on the wire. */
  readonly sizeBytes: number;
  /** The body, decompressed. */
  readonly body: Uint8Array;
  /** Unix time in milliseconds. */
  readonly receivedTimeMs: number;
  /** What was answered; `undefined` until then and while the sink hangs. */
  readonly status: number | undefined;
}

/** Why a request is no OTLP request. */
export interface RefusedRequest {
  readonly status: number;
  readonly reason: string;
}

const signals: Readonly<Record<string, OtlpSignal>> = {
  "/v1/traces": "traces",
  "/v1/metrics": "metrics",
  "/v1/logs": "logs",
};
const encodings: Readonly<Record<string, OtlpEncoding>> = {
  "application/x-protobuf": "protobuf",
  "application/json": "json",
};
const decompress = promisify(gunzip);

/** Reads and decodes one request; at most `maxBodyBytes`, compressed and decompressed alike. */
export async function readRequest(
  message: IncomingMessage,
  maxBodyBytes: number,
): Promise<ReceivedRequest | RefusedRequest> {
  const path = message.url ?? "";
  const wireBody = await readBody(message, maxBodyBytes);
  const signal = signals[path];
  const encoding = encodings[message.headers["content-type"]?.split(";", 1)[0] ?? ""];
  const compression = message.headers["content-encoding"] ?? "none";
  if (signal === undefined) return { status: 404, reason: `no signal at ${path}` };
  if (message.method !== "POST") return { status: 405, reason: `method ${message.method ?? ""}` };
  if (encoding === undefined)
    return { status: 415, reason: `content type ${message.headers["content-type"] ?? "none"}` };
  if (compression !== "gzip" && compression !== "none")
    return { status: 415, reason: `content encoding ${compression}` };
  if (wireBody === undefined) return { status: 413, reason: `body above ${maxBodyBytes} bytes` };
  try {
    const body = compression === "gzip" ? await decompress(wireBody, { maxOutputLength: maxBodyBytes }) : wireBody;
    return {
      signal,
      path,
      headers: { ...message.headers },
      encoding,
      compression,
      sizeBytes: wireBody.byteLength,
      body,
      receivedTimeMs: Date.now(),
      status: undefined,
      ...decodeOtlpRequest(signal, body, encoding),
    };
  } catch (error) {
    return { status: 400, reason: String(error) };
  }
}

async function readBody(message: IncomingMessage, maxBodyBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes <= maxBodyBytes) chunks.push(chunk);
  }
  return sizeBytes <= maxBodyBytes ? Buffer.concat(chunks) : undefined;
}
