import { context, logs, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-http";
import { BatchLogRecordProcessor, LoggerProvider } from "@opentelemetry/sdk-logs";
import { TracerProvider } from "@opentelemetry/sdk-trace";
import { startOtlpSink } from "@runlight/testing";
import type { ReceivedLogRecord } from "@runlight/testing";

/** The global providers, with a real receiver behind them. */
export interface Telemetry extends AsyncDisposable {
  /** What has arrived, everything logged so far included. */
  records(): Promise<readonly ReceivedLogRecord[]>;
}

export async function startTelemetry(): Promise<Telemetry> {
  const sink = await startOtlpSink();
  const exporter = new OTLPLogExporter({ url: `${sink.url}/v1/logs` });
  const provider = new LoggerProvider({ processors: [new BatchLogRecordProcessor({ exporter })] });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [] }));
  logs.setGlobalLoggerProvider(provider);
  return {
    async records() {
      await provider.forceFlush();
      return sink.logRecords;
    },
    async [Symbol.asyncDispose]() {
      logs.disable();
      trace.disable();
      context.disable();
      await provider.shutdown();
      await sink.stop();
    },
  };
}
