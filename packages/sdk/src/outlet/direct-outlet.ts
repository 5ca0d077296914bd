import { TraceFlags } from "@opentelemetry/api";
import { BatchLogRecordProcessor } from "@opentelemetry/sdk-logs";
import type { LogRecordProcessor, ReadableLogRecord } from "@opentelemetry/sdk-logs";
import { PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import type { IMetricReader, ResourceMetrics } from "@opentelemetry/sdk-metrics";
import { BatchSpanProcessor } from "@opentelemetry/sdk-trace";
import type { ReadableSpan, SpanProcessor } from "@opentelemetry/sdk-trace";
import type { Signal } from "@runlight/spool";
import { forEachSignal } from "../account.ts";
import { within } from "../lifecycle/within.ts";
import { mapUnlessSame } from "../redaction/map-unless-same.ts";
import { redactLogRecord } from "../redaction/redact-log-record.ts";
import { redactMetrics } from "../redaction/redact-metrics.ts";
import { redactSpan } from "../redaction/redact-span.ts";
import { loadOtlpExporters } from "./otlp-exporters.ts";
import type { Outlet } from "./outlet.ts";
import { createRedactingExporter } from "./redacting-exporter.ts";
import type { ExportTally } from "./redacting-exporter.ts";
import { endpointsOf } from "./spool-outlet.ts";
import type { OutletOptions } from "./spool-outlet.ts";

/**
 * Items that wait in memory. The stock processors send all batches of 512 at once when they flush, and the stock exporters
 * refuse more than 30 requests at a time, one of which may be under way: a longer queue would lose what is beyond.
 */
export const maxQueueSize: number = 29 * 512;

const defaultBatch = { maxQueueSize, scheduledDelayMillis: 1000 };

/**
 * Telemetry straight to the endpoints with the stock processors and exporters, without disk. It keeps their limits: what is
 * beyond {@link maxQueueSize}, or refused for longer than the exporter tries, is lost and counted. A process that is done
 * waits as long as an exporter tries, which is the endpoint's timeout.
 */
export async function createDirectOutlet({ settings, redactor }: OutletOptions): Promise<Outlet> {
  const endpoints = endpointsOf(settings);
  const exporters = await loadOtlpExporters(settings.protocol);
  const tallies: Partial<Record<Signal, ExportTally>> = {};
  const offered = { traces: 0, logs: 0 };
  const spanProcessors: SpanProcessor[] = [];
  const logRecordProcessors: LogRecordProcessor[] = [];
  const metricReaders: IMetricReader[] = [];
  let closed = false;

  if (endpoints.traces !== undefined) {
    const redact = (spans: ReadableSpan[]): ReadableSpan[] =>
      mapUnlessSame(spans, (span) => redactSpan(span, redactor));
    const { exporter, tally } = createRedactingExporter(
      exporters.traces(endpoints.traces),
      redact,
      (spans) => spans.length,
    );
    tallies.traces = tally;
    spanProcessors.push(
      countSpans(() => offered.traces++),
      new BatchSpanProcessor({ exporter, ...defaultBatch, ...settings.spanBatch }),
    );
  }
  if (endpoints.logs !== undefined) {
    const redact = (records: ReadableLogRecord[]): ReadableLogRecord[] =>
      mapUnlessSame(records, (record) => redactLogRecord(record, redactor));
    const { exporter, tally } = createRedactingExporter(
      exporters.logs(endpoints.logs),
      redact,
      (records) => records.length,
    );
    tallies.logs = tally;
    logRecordProcessors.push(
      countRecords(() => offered.logs++),
      new BatchLogRecordProcessor({ exporter, ...defaultBatch, ...settings.logRecordBatch }),
    );
  }
  if (endpoints.metrics !== undefined) {
    const redact = (metrics: ResourceMetrics): ResourceMetrics => redactMetrics(metrics, redactor);
    const { exporter, tally } = createRedactingExporter(exporters.metrics(endpoints.metrics), redact, () => 1);
    tallies.metrics = tally;
    metricReaders.push(
      new PeriodicExportingMetricReader({
        exporter,
        exportIntervalMillis: settings.metricIntervalMs,
        exportTimeoutMillis: settings.metricTimeoutMs,
      }),
    );
  }

  const waiting = (signal: Signal): number =>
    signal === "metrics" ? 0 : offered[signal] - (tallies[signal]?.shipped ?? 0) - (tallies[signal]?.failed ?? 0);

  return {
    state: "direct",
    spanProcessors,
    logRecordProcessors,
    metricReaders,
    get taken() {
      return offered.traces + offered.logs;
    },
    startMetrics: () => false,
    collectMetricsSoon() {},
    write() {},
    // The processors are flushed by whoever holds them, together with the user's own; here only what came of it is seen.
    drain: () => Promise.resolve(waiting("traces") === 0 && waiting("logs") === 0),
    // Nothing can be sent without waiting.
    finish() {},
    async close(timeoutMs) {
      const parts = [...spanProcessors, ...logRecordProcessors, ...metricReaders];
      await within(timeoutMs, Promise.allSettled(parts.map((part) => part.shutdown())));
      closed = true;
    },
    account() {
      const failures = Object.values(tallies).reduce((sum, tally) => sum + tally.failures, 0);
      return {
        state: "direct",
        directory: undefined,
        sizeBytes: 0,
        bufferedBytes: 0,
        failures,
        lastError: lastErrorOf(tallies),
        signals: forEachSignal((signal) => {
          const tally = tallies[signal];
          const left = waiting(signal);
          return {
            endpoint: endpoints[signal]?.url,
            kept: 0,
            shipped: tally?.shipped ?? 0,
            dropped: {
              ...(tally !== undefined && tally.failed > 0 ? { rejected: tally.failed } : {}),
              ...(closed && left > 0 ? { buffer_full: left } : {}),
            },
            pending: closed ? 0 : left,
          };
        }),
      };
    },
    troubles() {
      const lastError = lastErrorOf(tallies);
      const urls = Object.values(endpoints).map((endpoint) => endpoint.url);
      return lastError === undefined
        ? []
        : [{ kind: "export", message: `Cannot send to ${urls.join(", ")}: ${lastError}` }];
    },
  };
}

function lastErrorOf(tallies: Partial<Record<Signal, ExportTally>>): string | undefined {
  return Object.values(tallies).findLast((tally) => tally.lastError !== undefined)?.lastError;
}

function countSpans(count: () => void): SpanProcessor {
  const nothing = (): Promise<void> => Promise.resolve();
  return {
    onStart() {},
    onEnd(span) {
      if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0) count();
    },
    forceFlush: nothing,
    shutdown: nothing,
  };
}

function countRecords(count: () => void): LogRecordProcessor {
  const nothing = (): Promise<void> => Promise.resolve();
  return { onEmit: count, forceFlush: nothing, shutdown: nothing };
}
