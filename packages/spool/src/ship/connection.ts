import { readFileSync } from "node:fs";
import type * as Http from "node:http";
import type { Agent, IncomingMessage } from "node:http";
import type * as Https from "node:https";
import { constants, gzipSync } from "node:zlib";
import type { OtlpEndpoint, TlsSettings } from "../settings.ts";
import { readAccepted, readRefusal } from "./answer.ts";
import type { Answer } from "./answer.ts";
import { parseRetryAfter } from "./backoff.ts";

/** A response is a few bytes; what is longer is not read. */
const maxBodyBytes = 64 * 1024;
/** Source: OTLP/HTTP, retryable response codes. */
const retryable: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/**
 * `node:http` or `node:https` when there is something to send: the main thread has this module too and never sends. Importing would load
 * everything that hangs on their exports besides, `fetch` among it, which takes longer than the rest of a start.
 */
const http = (): typeof Http => process.getBuiltinModule("node:http");
const https = (): typeof Https => process.getBuiltinModule("node:https");

/** One connection to a receiver, kept alive between requests. */
export interface Connection {
  /** Sends one export request. Never rejects: what went wrong is an answer to try again. */
  send(request: Uint8Array): Promise<Answer>;
  /** Ends what is in flight. */
  close(): void;
}

/** Connects to an endpoint at the first request. */
export function createConnection(endpoint: OtlpEndpoint): Connection {
  const closing = new AbortController();
  let agent: Agent | undefined;
  return {
    send: async (request) => {
      try {
        agent ??= createAgent(endpoint);
        return await exchange(endpoint, request, agent, closing.signal);
      } catch (error) {
        return {
          kind: "retry",
          message: closing.signal.aborted ? "the shipper was stopped" : describe(error, endpoint),
        };
      }
    },
    close: () => {
      closing.abort();
      agent?.destroy();
    },
  };
}

function createAgent({ url, tls }: OtlpEndpoint): Agent {
  const options = { keepAlive: true, maxSockets: 1 };
  return url.startsWith("https:") ? new (https().Agent)({ ...options, ...readTls(tls) }) : new (http().Agent)(options);
}

function readTls({ caFile, certificateFile, keyFile }: TlsSettings): { ca?: Buffer; cert?: Buffer; key?: Buffer } {
  return {
    ...(caFile === undefined ? {} : { ca: readFileSync(caFile) }),
    ...(certificateFile === undefined ? {} : { cert: readFileSync(certificateFile) }),
    ...(keyFile === undefined ? {} : { key: readFileSync(keyFile) }),
  };
}

function exchange(endpoint: OtlpEndpoint, payload: Uint8Array, agent: Agent, closing: AbortSignal): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const isCompressed = endpoint.compression === "gzip";
  const body = isCompressed ? gzipSync(payload, { level: constants.Z_BEST_SPEED }) : payload;
  const { request: send } = endpoint.url.startsWith("https:") ? https() : http();
  const request = send(endpoint.url, {
    method: "POST",
    agent,
    headers: {
      "user-agent": "runlight-spool",
      ...endpoint.headers,
      "content-type": "application/x-protobuf",
      "content-length": body.length,
      ...(isCompressed ? { "content-encoding": "gzip" } : {}),
    },
    signal: AbortSignal.any([closing, AbortSignal.timeout(endpoint.timeoutMs)]),
  });
  request.on("error", reject);
  request.on("response", (response) => {
    readBody(response).then((received) => resolve(classify(response, received)), reject);
  });
  request.end(body);
  return promise;
}

async function readBody(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    // Leaving the loop destroys the response, and with it the connection.
    if (size >= maxBodyBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, maxBodyBytes);
}

function classify(response: IncomingMessage, body: Buffer): Answer {
  const status = response.statusCode ?? 0;
  const contentType = response.headers["content-type"] ?? "";
  if (status >= 200 && status < 300) return readAccepted(body, contentType);
  const message = readRefusal(status, body, contentType);
  if (!retryable.has(status)) return { kind: "refused", status, message };
  const retryAfterMs = parseRetryAfter(response.headers["retry-after"]);
  return retryAfterMs === undefined ? { kind: "retry", message } : { kind: "retry", message, retryAfterMs };
}

function describe(error: unknown, { timeoutMs }: OtlpEndpoint): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "AbortError" || error.name === "TimeoutError") return `no answer within ${timeoutMs} ms`;
  // The error of several addresses that all refused has no message of its own.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return first instanceof Error && first.message !== "" ? first.message : error.name;
}
