import { readFileSync } from "node:fs";
import type * as Http from "node:http";
import type { Agent, ClientRequest, IncomingMessage } from "node:http";
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
  let isClosed = false;
  let agent: Agent | undefined;
  let underWay: ClientRequest | undefined;
  return {
    send: async (request) => {
      try {
        if (isClosed) throw new Error("closed");
        agent ??= createAgent(endpoint);
        return await exchange(endpoint, request, agent, (sent) => (underWay = sent));
      } catch (error) {
        return { kind: "retry", message: isClosed ? "the shipper was stopped" : describe(error) };
      } finally {
        underWay = undefined;
      }
    },
    close: () => {
      isClosed = true;
      underWay?.destroy(new Error("closed"));
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

async function exchange(
  endpoint: OtlpEndpoint,
  payload: Uint8Array,
  agent: Agent,
  begun: (request: ClientRequest) => void,
): Promise<Answer> {
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
  });
  begun(request);
  // A timer of our own: signals that are composed anew for each request keep the collector busy.
  const timer = setTimeout(() => {
    const late = new Error(`no answer within ${endpoint.timeoutMs} ms`);
    reject(late);
    request.destroy(late);
  }, endpoint.timeoutMs);
  request.on("error", reject);
  request.on("response", (response) => {
    readBody(response).then((received) => resolve(classify(response, received)), reject);
  });
  request.end(body);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}

/** By listeners: an iterator was two thirds of what reading an answer of a few bytes cost. */
function readBody(response: IncomingMessage): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  let size = 0;
  const end = (): void => resolve(Buffer.concat(chunks).subarray(0, maxBodyBytes));
  response.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size < maxBodyBytes) return;
    end();
    response.destroy();
  });
  response.on("end", end);
  response.on("error", reject);
  response.on("close", () => reject(new Error("the answer was cut off")));
  return promise;
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

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // The error of several addresses that all refused has no message of its own.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return first instanceof Error && first.message !== "" ? first.message : error.name;
}
