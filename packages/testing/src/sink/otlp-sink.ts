import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { ReceivedLogRecord } from "../otlp/log-records.ts";
import type { ReceivedMetricPoint } from "../otlp/metric-points.ts";
import type { ReceivedSpan } from "../otlp/spans.ts";
import { isAccepted, statusOf, writeAnswer } from "./answer.ts";
import type { Answer, Responder } from "./answer.ts";
import { readRequest } from "./request.ts";
import type { ReceivedRequest, RefusedRequest } from "./request.ts";

/** How the sink listens. */
export interface OtlpSinkOptions {
  /** Default 0: any free port, kept over `restart()`. */
  readonly port?: number;
  /** Serves HTTPS: PEM texts. With `clientCertificate` it asks for a client certificate that this one signed. */
  readonly tls?: { readonly key: string; readonly certificate: string; readonly clientCertificate?: string };
  /** Larger bodies are answered with 413. Default 64 MiB. */
  readonly maxBodyBytes?: number;
  /** Further requests are answered with 507 and counted as refused. Default 10,000. */
  readonly maxRequests?: number;
}

/** A loopback OTLP/HTTP receiver: what it accepted is in `spans`, `logRecords` and `metricPoints`, in order of arrival. */
export interface OtlpSink extends AsyncDisposable {
  readonly port: number;
  /** `http://127.0.0.1:<port>`, for `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly url: string;
  /** All OTLP requests, the refused and unanswered ones too. */
  readonly requests: readonly ReceivedRequest[];
  /** Requests that were not OTLP, or beyond a bound. */
  readonly refused: readonly RefusedRequest[];
  /** From accepted requests only, as are the next two. */
  readonly spans: readonly ReceivedSpan[];
  readonly logRecords: readonly ReceivedLogRecord[];
  readonly metricPoints: readonly ReceivedMetricPoint[];
  /** Answers every request from now on with a status, or with what the function decides. Ends `hang()`. */
  respond(answer: Answer | Responder): void;
  /** Reads requests from now on and never answers them. */
  hang(): void;
  /** Forgets what was received. */
  clear(): void;
  /** Closes the port and every connection. Does nothing when stopped. */
  stop(): Promise<void>;
  /** Listens again on the same port; what was received is kept. */
  restart(): Promise<void>;
  /**
   * Resolves with the first truthy value of `predicate`, looked at now and after every request.
   *
   * @throws Error after `timeoutMs` (default 60,000), telling what was received.
   */
  waitFor<Value>(predicate: (sink: OtlpSink) => Value, timeoutMs?: number): Promise<NonNullable<Value>>;
}

/** Starts a sink on the loopback interface; it accepts everything until told otherwise. Does not keep the process alive. */
export async function startOtlpSink(options: OtlpSinkOptions = {}): Promise<OtlpSink> {
  const sink = new LoopbackSink(options);
  await sink.restart();
  return sink;
}

class LoopbackSink implements OtlpSink {
  readonly #options: OtlpSinkOptions;
  readonly #watchers = new Set<() => void>();
  #port: number;
  #server: Server | undefined;
  #requests: ReceivedRequest[] = [];
  #refused: RefusedRequest[] = [];
  #responder: Responder | "hang" = () => 200;

  constructor(options: OtlpSinkOptions) {
    this.#options = options;
    this.#port = options.port ?? 0;
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `${this.#options.tls === undefined ? "http" : "https"}://127.0.0.1:${this.#port}`;
  }

  get requests(): readonly ReceivedRequest[] {
    return this.#requests;
  }

  get refused(): readonly RefusedRequest[] {
    return this.#refused;
  }

  get spans(): readonly ReceivedSpan[] {
    return this.#accepted().flatMap((request) => request.spans);
  }

  get logRecords(): readonly ReceivedLogRecord[] {
    return this.#accepted().flatMap((request) => request.logRecords);
  }

  get metricPoints(): readonly ReceivedMetricPoint[] {
    return this.#accepted().flatMap((request) => request.metricPoints);
  }

  respond(answer: Answer | Responder): void {
    this.#responder = typeof answer === "function" ? answer : () => answer;
  }

  hang(): void {
    this.#responder = "hang";
  }

  clear(): void {
    this.#requests = [];
    this.#refused = [];
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  }

  async restart(): Promise<void> {
    await this.stop();
    const server = createServer(this.#options, (message, response) => void this.#serve(message, response));
    // A connection that was idle is not closed at the moment in which its client sends again; `stop()` closes it.
    server.keepAliveTimeout = 0;
    server.listen(this.#port, "127.0.0.1");
    await once(server, "listening");
    server.unref();
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  waitFor<Value>(predicate: (sink: OtlpSink) => Value, timeoutMs = 60_000): Promise<NonNullable<Value>> {
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer);
        this.#watchers.delete(look);
      };
      const look = (): void => {
        try {
          const value = predicate(this);
          if (!value) return;
          settle();
          resolve(value);
        } catch (error) {
          settle();
          reject(new Error(`Cannot wait for ${String(predicate)}: it threw`, { cause: error }));
        }
      };
      const timer = setTimeout(() => {
        settle();
        reject(
          new Error(
            `Nothing received within ${timeoutMs} ms that satisfies ${String(predicate)}; received: ${describe(this)}`,
          ),
        );
      }, timeoutMs);
      this.#watchers.add(look);
      look();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const { maxBodyBytes = 64 * 1024 * 1024, maxRequests = 10_000 } = this.#options;
    try {
      const received = await readRequest(message, maxBodyBytes);
      const request =
        "reason" in received || this.#requests.length < maxRequests
          ? received
          : { status: 507, reason: `more than ${maxRequests} requests` };
      if ("reason" in request) {
        if (this.#refused.length < maxRequests) this.#refused.push(request);
        response.writeHead(request.status).end(request.reason);
      } else {
        await this.#answer(request, response);
      }
    } catch (error) {
      // The client went away, or the responder threw: the connection is all there is to end.
      response.destroy(error as Error);
    }
    this.#look();
  }

  async #answer(request: ReceivedRequest, response: ServerResponse): Promise<void> {
    const requests = this.#requests;
    const index = requests.push(request) - 1;
    this.#look();
    if (this.#responder === "hang") return;
    const answer = await this.#responder(request);
    requests[index] = { ...request, status: statusOf(answer) };
    writeAnswer(response, request, answer);
  }

  #accepted(): readonly ReceivedRequest[] {
    return this.#requests.filter((request) => isAccepted(request.status));
  }

  #look(): void {
    for (const look of this.#watchers) look();
  }
}

function createServer(
  { tls }: OtlpSinkOptions,
  listener: (message: IncomingMessage, response: ServerResponse) => void,
): Server {
  if (tls === undefined) return createHttpServer(listener);
  const { key, certificate, clientCertificate } = tls;
  const client =
    clientCertificate === undefined ? {} : { ca: clientCertificate, requestCert: true, rejectUnauthorized: true };
  return createHttpsServer({ key, cert: certificate, ...client }, listener);
}

function describe(sink: OtlpSink): string {
  const lines = sink.requests.map((request) => `${request.path} ${request.status ?? "unanswered"}`);
  const counts = `${sink.spans.length} spans, ${sink.logRecords.length} log records, ${sink.metricPoints.length} metric points`;
  const refused = sink.refused.map((request) => `${request.status} ${request.reason}`);
  return [counts, ...lines.slice(-20), ...refused.slice(-20)].join("; ");
}
