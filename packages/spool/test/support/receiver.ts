import { createServer } from "node:http";
import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { onTestFinished } from "vitest";
import type { OtlpEndpoint, OtlpEndpoints, Signal } from "../../src/settings.ts";

/** A request that arrived. */
export interface Arrival {
  readonly signal: Signal;
  readonly headers: IncomingMessage["headers"];
  /** The export request, unpacked. */
  readonly bytes: Buffer;
  readonly status: number;
}

/** How a request is answered: with a status, with more than that, or by hand. */
export type Reply =
  | number
  | { status: number; headers?: Record<string, string>; body?: string | Uint8Array }
  | ((response: ServerResponse) => void);

/** A small OTLP/HTTP receiver on a free port. */
export interface Receiver {
  readonly port: number;
  readonly arrivals: readonly Arrival[];
  /** Arrivals that were answered with success. */
  accepted(signal?: Signal): readonly Arrival[];
  /** Decides how the next requests are answered; 200 by default. */
  reply: (signal: Signal, count: number, sizeBytes: number) => Reply;
  /** How many connections are open. */
  connections(): Promise<number>;
  endpoint(signal: Signal, more?: Partial<OtlpEndpoint>): OtlpEndpoint;
  endpoints(more?: Partial<OtlpEndpoint>): OtlpEndpoints;
  close(): Promise<void>;
}

/** Starts a receiver, which is closed when the test ends. `tls`: serve HTTPS. */
export async function startReceiver(options: { port?: number; tls?: ServerOptions } = {}): Promise<Receiver> {
  const arrivals: Arrival[] = [];
  const onRequest: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      const bytes = request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body;
      const signal = (request.url ?? "").split("/").at(-1) as Signal;
      const reply = receiver.reply(signal, arrivals.length, bytes.length);
      const status = typeof reply === "number" ? reply : typeof reply === "function" ? 0 : reply.status;
      arrivals.push({ signal, headers: request.headers, bytes, status });
      if (typeof reply === "function") return reply(response);
      const { headers = {}, body: text = "" } = typeof reply === "number" ? {} : reply;
      response.writeHead(status, { "content-type": "application/x-protobuf", ...headers });
      response.end(text);
    });
  };
  const server: Server = options.tls === undefined ? createServer(onRequest) : createTlsServer(options.tls, onRequest);
  // A connection that was idle is not closed at the moment in which its client sends again; `close()` closes it.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const origin = `${options.tls === undefined ? "http://127.0.0.1" : "https://localhost"}:${port}`;
  const receiver: Receiver = {
    port,
    arrivals,
    accepted: (signal) =>
      arrivals.filter((arrival) => arrival.status === 200 && (signal === undefined || arrival.signal === signal)),
    reply: () => 200,
    endpoint: (signal, more = {}) => ({
      url: `${origin}/v1/${signal}`,
      headers: {},
      timeoutMs: 60_000,
      compression: "gzip",
      tls: {},
      ...more,
    }),
    endpoints: (more = {}) => ({
      traces: receiver.endpoint("traces", more),
      metrics: receiver.endpoint("metrics", more),
      logs: receiver.endpoint("logs", more),
    }),
    connections: () => promisify(server.getConnections.bind(server))(),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  onTestFinished(() => receiver.close());
  return receiver;
}
