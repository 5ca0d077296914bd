import { context, logs, metrics, trace } from "@opentelemetry/api";
import type { Attributes } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import type { ReadableLogRecord } from "@opentelemetry/sdk-logs";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import type { ReadableSpan } from "@opentelemetry/sdk-trace";
import { setOperationSink } from "../../src/sink/registered-sink.ts";

/** OpenTelemetry's own SDK, whose exports stay in memory. */
export interface ObservedTelemetry extends AsyncDisposable {
  spans(): readonly ReadableSpan[];
  records(eventName: string): readonly ReadableLogRecord[];
  /** The last points of a metric. */
  points(metric: string): Promise<readonly { readonly attributes: Attributes; readonly value: unknown }[]>;
}

/** Registers providers until it is disposed of. */
export function observeTelemetry(): ObservedTelemetry {
  const spans = new InMemorySpanExporter();
  const records = new InMemoryLogRecordExporter();
  const exported = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter: exported, exportIntervalMillis: 3_600_000 });
  const meters = new MeterProvider({ readers: [reader] });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] }));
  logs.setGlobalLoggerProvider(
    new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter: records })] }),
  );
  metrics.setGlobalMeterProvider(meters);
  return {
    spans: () => spans.getFinishedSpans(),
    records: (name) => records.getFinishedLogRecords().filter(({ eventName }) => eventName === name),
    async points(metric) {
      exported.reset();
      await reader.forceFlush();
      const scopes = exported.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics);
      const found = scopes.flatMap((scope) => scope.metrics).filter(({ descriptor }) => descriptor.name === metric);
      return found.flatMap(({ dataPoints }) => dataPoints.map(({ attributes, value }) => ({ attributes, value })));
    },
    async [Symbol.asyncDispose]() {
      await meters.shutdown();
      // The default sink keeps the tracer it found first.
      setOperationSink(undefined);
      for (const api of [context, trace, logs, metrics]) api.disable();
    },
  };
}
