import { join } from "node:path";
import type { Resource } from "@opentelemetry/resources";
import { describeProcess, openSpool, startShipper } from "@runlight/spool";
import type { OtlpEndpoint, Signal } from "@runlight/spool";
import { addDropped, forEachSignal, signals } from "../account.ts";
import type { TelemetrySettings } from "../config/telemetry-settings.ts";
import { createFastLanes } from "../fast-lane/fast-lanes.ts";
import { deadlineIn, within } from "../lifecycle/within.ts";
import type { OperationMetrics } from "../operation-metrics/operation-metrics.ts";
import { encodeMetrics } from "../pipeline/encode-metrics.ts";
import { createLogRecordProcessor, encodeLogRecord } from "../pipeline/log-record-processor.ts";
import { SpoolMetricReader } from "../pipeline/metric-reader.ts";
import { createSignalWriter } from "../pipeline/signal-writer.ts";
import type { RequestStore, SignalWriter } from "../pipeline/signal-writer.ts";
import { createSpanProcessor, encodeSpan } from "../pipeline/span-processor.ts";
import type { Redactor } from "../redaction/redactor.ts";
import { messageOf } from "../self/trouble.ts";
import type { Trouble } from "../self/trouble.ts";
import { drainWhileHopeful, failuresOf } from "./drain.ts";
import { createOpenOperations } from "./open-operations.ts";
import type { Outlet } from "./outlet.ts";

/**
 * The thread that ships is started with what the program emits first, and so late where it emits nothing: a program that is over at once,
 * or that only asks how telemetry is set up, does without it. What is emitted meanwhile is in the spool.
 */
export const shipWithinMs = 1000;

/** What every outlet is made with. */
export interface OutletOptions {
  readonly settings: TelemetrySettings;
  readonly serviceName: string;
  readonly redactor: Redactor;
  readonly trouble: Trouble;
  /** Cells of the operations' metrics; `undefined` when instruments of the API take them. */
  readonly operationMetrics: OperationMetrics | undefined;
  /** Resource of operations that take the fast lane; `undefined` when they go through the stock SDK. */
  readonly fastResource: Resource | undefined;
}

/**
 * Telemetry into this process's own spool, and from there to the endpoints.
 *
 * @throws SpoolUnusableError when the directory cannot be made or written
 */
export function createSpoolOutlet({
  settings,
  serviceName,
  redactor,
  trouble,
  operationMetrics,
  fastResource,
}: OutletOptions): Outlet {
  const root = join(settings.directory, "spool");
  const endpoints = endpointsOf(settings);
  const shippedSignals = Object.keys(endpoints) as Signal[];
  const spool = openSpool({ root, bounds: settings.bounds, identity: describeProcess(serviceName), shippedSignals });
  const shipper =
    shippedSignals.length === 0
      ? undefined
      : startShipper({ root, directory: spool.directory, endpoints, beginWithinMs: shipWithinMs });
  // The spool itself tells the shipper of each write.
  const written = (): void => shipper?.begin();
  const openOperations = createOpenOperations();

  const store: RequestStore = {
    append(signal, request, options) {
      const kept = spool.append(signal, request, options);
      written();
      return kept;
    },
  };
  const encodingFailed = (signal: Signal) => (error: unknown) =>
    trouble.tell(`encode ${signal}`, `Cannot encode ${signal}: ${messageOf(error)}`);
  const writerOf = <T>(signal: Signal, encode: (items: T) => Uint8Array | undefined): SignalWriter<T> =>
    createSignalWriter({
      signal,
      store,
      encode,
      onFailure: encodingFailed(signal),
    });
  const writers = {
    traces: writerOf("traces", (span: Parameters<typeof encodeSpan>[0]) => encodeSpan(span, redactor)),
    metrics: writerOf("metrics", (metrics: Parameters<typeof encodeMetrics>[0]) => encodeMetrics(metrics, redactor)),
    logs: writerOf("logs", (record: Parameters<typeof encodeLogRecord>[0]) => encodeLogRecord(record, redactor)),
  };
  const reader = new SpoolMetricReader({
    writer: writers.metrics,
    operationMetrics,
    intervalMs: settings.metricIntervalMs,
    onError: (error) => trouble.tell("collect metrics", `Cannot collect metrics: ${messageOf(error)}`),
  });
  const logs = createLogRecordProcessor(writers.logs, (record) => openOperations.see(record.eventName));
  const lanes =
    fastResource === undefined
      ? undefined
      : createFastLanes({
          spool,
          resource: fastResource,
          settings,
          redactor,
          operationMetrics,
          seen: (eventName) => openOperations.see(eventName),
          written,
          failed: (signal, error) => encodingFailed(signal)(error),
        });

  return {
    state: "spool",
    ...(lanes === undefined ? {} : { operationSink: lanes.sink }),
    spanProcessors: settings.traces === "none" ? [] : [createSpanProcessor(writers.traces)],
    logRecordProcessors: settings.logs === "none" ? [] : [logs],
    metricReaders: settings.metrics === "none" ? [] : [reader],
    get taken() {
      return writers.traces.handedOver + writers.logs.handedOver + (lanes?.handedOver ?? 0);
    },
    startMetrics(prepare) {
      if (settings.metrics !== "none") reader.start(prepare);
      return true;
    },
    collectMetricsSoon: () => reader.collectSoon(),
    write: () => spool.flush(),
    async drain(timeoutMs) {
      spool.flush();
      if (shipper === undefined) return true;
      shipper.notify();
      return drainWhileHopeful(shipper, timeoutMs);
    },
    finish() {
      reader.collectAtExit();
      // With operations open the life does not end well: recovery is to find it so.
      if (openOperations.count > 0) spool.flush();
      else spool.close("ended");
    },
    async close(timeoutMs) {
      const deadline = deadlineIn(timeoutMs);
      await within(timeoutMs, reader.shutdown());
      await shipper?.stop(deadline.remainingMs());
    },
    account() {
      const kept = spool.statistics();
      const sent = shipper?.statistics();
      return {
        state: "spool",
        directory: spool.directory,
        sizeBytes: kept.sizeBytes,
        bufferedBytes: kept.bufferedBytes,
        failures: sent === undefined ? 0 : failuresOf(sent),
        lastError: kept.lastError ?? sent?.lastError,
        signals: forEachSignal((signal) => ({
          endpoint: endpoints[signal]?.url,
          kept: kept.written[signal],
          shipped: sent?.[signal].shipped ?? 0,
          dropped: addDropped(kept.dropped[signal], {
            encoding_failed: writers[signal].encodingFailures + (lanes?.encodingFailures(signal) ?? 0),
            rejected: sent?.[signal].rejected ?? 0,
          }),
          pending: endpoints[signal] === undefined ? 0 : (sent?.[signal].pendingBytes ?? 0),
        })),
      };
    },
    troubles() {
      const kept = spool.statistics();
      const sent = shipper?.statistics();
      const found: { kind: string; message: string }[] = [];
      if (kept.lastError !== undefined) {
        found.push({ kind: "spool", message: `Cannot write to ${spool.directory}: ${kept.lastError}; trying on` });
      }
      if (sent?.lastError !== undefined) {
        const urls = Object.values(endpoints).map((endpoint) => endpoint.url);
        found.push({
          kind: "ship",
          message: `Cannot ship to ${urls.join(", ")}: ${sent.lastError}; it stays in ${spool.directory} and is sent later`,
        });
      }
      return found;
    },
  };
}

/** The signals that are sent somewhere, and where. */
export function endpointsOf(settings: TelemetrySettings): Partial<Record<Signal, OtlpEndpoint>> {
  const endpoints: Partial<Record<Signal, OtlpEndpoint>> = {};
  for (const signal of signals) {
    const endpoint = settings[signal];
    if (endpoint !== undefined && endpoint !== "none") endpoints[signal] = endpoint;
  }
  return endpoints;
}
