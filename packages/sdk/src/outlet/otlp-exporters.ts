import { readFileSync } from "node:fs";
import type { LogRecordExporter } from "@opentelemetry/sdk-logs";
import type { PushMetricExporter } from "@opentelemetry/sdk-metrics";
import type { SpanExporter } from "@opentelemetry/sdk-trace";
import type { OtlpEndpoint } from "@runlight/spool";
import type { TelemetrySettings } from "../config/telemetry-settings.ts";

/** Makes the stock OTLP/HTTP exporters. */
export interface OtlpExporters {
  traces(endpoint: OtlpEndpoint): SpanExporter;
  metrics(endpoint: OtlpEndpoint): PushMetricExporter;
  logs(endpoint: OtlpEndpoint): LogRecordExporter;
}

/** Loads the exporters of an encoding; they are loaded only where they are used, for that takes a while. */
export async function loadOtlpExporters(protocol: TelemetrySettings["protocol"]): Promise<OtlpExporters> {
  const [traces, metrics, logs] =
    protocol === "http/json"
      ? await Promise.all([
          import("@opentelemetry/exporter-trace-otlp-http"),
          import("@opentelemetry/exporter-metrics-otlp-http"),
          import("@opentelemetry/exporter-logs-otlp-http"),
        ])
      : await Promise.all([
          import("@opentelemetry/exporter-trace-otlp-proto"),
          import("@opentelemetry/exporter-metrics-otlp-proto"),
          import("@opentelemetry/exporter-logs-otlp-proto"),
        ]);
  type Options = NonNullable<ConstructorParameters<typeof traces.OTLPTraceExporter>[0]>;
  const optionsOf = (endpoint: OtlpEndpoint): Options => ({
    url: endpoint.url,
    headers: { ...endpoint.headers },
    timeoutMillis: endpoint.timeoutMs,
    // An enum of these two words, in a package that is not worth a dependency of its own.
    compression: endpoint.compression as NonNullable<Options["compression"]>,
    ...tlsOf(endpoint),
  });
  return {
    traces: (endpoint) => new traces.OTLPTraceExporter(optionsOf(endpoint)),
    metrics: (endpoint) => new metrics.OTLPMetricExporter(optionsOf(endpoint)),
    logs: (endpoint) => new logs.OTLPLogExporter(optionsOf(endpoint)),
  };
}

function tlsOf({ tls }: OtlpEndpoint): {
  httpAgentOptions?: { ca?: Buffer; cert?: Buffer; key?: Buffer; keepAlive: true };
} {
  if (tls.caFile === undefined && tls.certificateFile === undefined && tls.keyFile === undefined) return {};
  return {
    httpAgentOptions: {
      keepAlive: true,
      ...(tls.caFile === undefined ? {} : { ca: readFileSync(tls.caFile) }),
      ...(tls.certificateFile === undefined ? {} : { cert: readFileSync(tls.certificateFile) }),
      ...(tls.keyFile === undefined ? {} : { key: readFileSync(tls.keyFile) }),
    },
  };
}
