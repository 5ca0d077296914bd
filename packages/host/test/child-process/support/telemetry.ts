import { context, logs, metrics, propagation, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-http";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-http";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { BatchLogRecordProcessor, LoggerProvider } from "@opentelemetry/sdk-logs";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { BatchSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { createApiSink, setOperationSink } from "@runlight/core";
import { startOtlpSink } from "@runlight/testing";
import type { OtlpSink, ReceivedLogRecord, ReceivedSpan } from "@runlight/testing";

/** The global providers, with a real receiver behind them. */
export interface Telemetry extends AsyncDisposable {
  readonly sink: OtlpSink;
  /** Sends everything emitted so far, and gives the only span of this name. */
  span(name: string): Promise<ReceivedSpan>;
  /** The same for the records with this event name. */
  events(name: string): Promise<readonly ReceivedLogRecord[]>;
  /** The same for the records of captured lines, in the order of arrival. */
  lines(): Promise<readonly ReceivedLogRecord[]>;
  /** The same for all records without an event name. */
  said(): Promise<readonly ReceivedLogRecord[]>;
  /** The sum of a counter. */
  sum(metric: string): Promise<number>;
}

/** Registers providers and a propagator until it is disposed of. */
export async function startTelemetry(): Promise<Telemetry> {
  const sink = await startOtlpSink();
  const traces = new TracerProvider({
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${sink.url}/v1/traces` }) })],
  });
  const records = new LoggerProvider({
    processors: [
      new BatchLogRecordProcessor({
        exporter: new OTLPLogExporter({ url: `${sink.url}/v1/logs` }),
        maxQueueSize: 100_000,
      }),
    ],
  });
  const exporter = new OTLPMetricExporter({ url: `${sink.url}/v1/metrics` });
  const meters = new MeterProvider({
    readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(
    new CompositePropagator({ propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()] }),
  );
  trace.setGlobalTracerProvider(traces);
  logs.setGlobalLoggerProvider(records);
  metrics.setGlobalMeterProvider(meters);
  // A sink keeps the tracer it was made with.
  setOperationSink(createApiSink());
  const flush = async (): Promise<void> => {
    await Promise.all([traces.forceFlush(), records.forceFlush(), meters.forceFlush()]);
  };
  const said = async (): Promise<readonly ReceivedLogRecord[]> => {
    await flush();
    return sink.logRecords.filter(({ eventName }) => eventName === "");
  };
  return {
    sink,
    async span(name) {
      await flush();
      const [found, ...more] = sink.spans.filter((span) => span.name === name);
      if (found === undefined || more.length > 0)
        throw new Error(`${more.length + (found === undefined ? 0 : 1)} spans are named ${name}`);
      return found;
    },
    async events(name) {
      await flush();
      return sink.logRecords.filter(({ eventName }) => eventName === name);
    },
    async lines() {
      return (await said()).filter(({ attributes }) => "log.iostream" in attributes);
    },
    said,
    async sum(metric) {
      await flush();
      const points = sink.metricPoints.filter(({ name }) => name === metric);
      // Each export tells the whole again.
      const last = new Map(points.map(({ attributes, value }) => [JSON.stringify(attributes), Number(value)]));
      return [...last.values()].reduce((sum, value) => sum + value, 0);
    },
    async [Symbol.asyncDispose]() {
      setOperationSink(undefined);
      for (const api of [context, propagation, trace, logs, metrics]) api.disable();
      await Promise.all([traces.shutdown(), records.shutdown(), meters.shutdown()]);
      await sink.stop();
    },
  };
}
