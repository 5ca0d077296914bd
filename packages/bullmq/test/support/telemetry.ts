import { context, logs, metrics, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-http";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-http";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";

/** OpenTelemetry's own SDK, exporting to a receiver as things happen; metrics when asked, and four times a second. */
export interface Telemetry {
  flush(): Promise<void>;
  stop(): Promise<void>;
}

/** Registers providers for this process. */
export function startTelemetry(url: string): Telemetry {
  const traces = new TracerProvider({
    spanProcessors: [new SimpleSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${url}/v1/traces` }) })],
  });
  const records = new LoggerProvider({
    processors: [new SimpleLogRecordProcessor({ exporter: new OTLPLogExporter({ url: `${url}/v1/logs` }) })],
  });
  const exporter = new OTLPMetricExporter({ url: `${url}/v1/metrics` });
  const meters = new MeterProvider({
    readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 250, exportTimeoutMillis: 200 })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(traces);
  logs.setGlobalLoggerProvider(records);
  metrics.setGlobalMeterProvider(meters);
  return {
    async flush() {
      await Promise.all([traces.forceFlush(), records.forceFlush(), meters.forceFlush()]);
    },
    async stop() {
      await Promise.all([traces.shutdown(), records.shutdown(), meters.shutdown()]);
      for (const api of [context, trace, logs, metrics]) api.disable();
    },
  };
}
