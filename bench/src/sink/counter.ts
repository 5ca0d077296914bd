import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { countItems } from "./count-items.ts";
import type { Signal } from "./count-items.ts";

/** What one receiver has got so far. */
export interface Received {
  readonly spans: number;
  readonly logRecords: number;
  readonly points: number;
  readonly requests: number;
  readonly sizeBytes: number;
  /** Requests that could not be read. */
  readonly unreadable: number;
  /** Unix time in milliseconds at which a request with spans was read, and the spans up to it. */
  readonly spanArrivals: readonly (readonly [timeMs: number, spans: number])[];
}

/** A receiver of one measurement, on a port of its own. */
export interface Counter {
  readonly port: number;
  readonly received: Received;
  close(): void;
}

const signals: ReadonlyMap<string, Signal> = new Map([
  ["/v1/traces", "traces"],
  ["/v1/metrics", "metrics"],
  ["/v1/logs", "logs"],
]);

/** Listens for OTLP over HTTP with protobuf, and for what dd-trace sends to its agent, and counts what comes. */
export async function startCounter(): Promise<Counter> {
  const tally = { spans: 0, logRecords: 0, points: 0, requests: 0, sizeBytes: 0, unreadable: 0 };
  const spanArrivals: [number, number][] = [];

  function take(request: IncomingMessage, body: Uint8Array): void {
    tally.requests += 1;
    tally.sizeBytes += body.length;
    const path = request.url ?? "";
    const signal = signals.get(path);
    // dd-trace tells how many traces a body holds; the operations measured here are a trace of one span each.
    if (path.endsWith("/traces") && signal === undefined)
      tally.spans += Number(request.headers["x-datadog-trace-count"] ?? 0);
    if (signal === undefined) return;
    const items = countItems(request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body, signal);
    if (signal === "traces") spanArrivals.push([Date.now(), (tally.spans += items)]);
    else if (signal === "logs") tally.logRecords += items;
    else tally.points += items;
  }

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      try {
        take(request, Buffer.concat(chunks));
      } catch {
        tally.unreadable += 1;
      }
      const isAgent = request.url?.startsWith("/v0.") === true || request.url === "/info";
      response.setHeader("content-type", isAgent ? "application/json" : "application/x-protobuf");
      response.end(isAgent ? "{}" : undefined);
    });
  });
  await listening(server);
  return {
    port: (server.address() as AddressInfo).port,
    get received() {
      return { ...tally, spanArrivals };
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
}
