import { logs, metrics, propagation, trace, context } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import type { Resource } from "@opentelemetry/resources";
import { LoggerProvider } from "@opentelemetry/sdk-logs";
import type { LogRecordProcessor } from "@opentelemetry/sdk-logs";
import { MeterProvider } from "@opentelemetry/sdk-metrics";
import type { IMetricReader } from "@opentelemetry/sdk-metrics";
import { TracerProvider } from "@opentelemetry/sdk-trace";
import type { IdGenerator, SpanProcessor } from "@opentelemetry/sdk-trace";
import type { Signal } from "@runlight/spool";
import type { TelemetrySettings } from "../config/telemetry-settings.ts";
import { isRegistered } from "../self/diagnostics.ts";

/** What providers are made of. */
export interface ProviderParts {
  readonly settings: TelemetrySettings;
  readonly resource: Resource;
  readonly idGenerator: IdGenerator;
  readonly spanProcessors: readonly SpanProcessor[];
  readonly logRecordProcessors: readonly LogRecordProcessor[];
  readonly metricReaders: readonly IMetricReader[];
}

/** Signals for which somebody else has registered a provider. The OpenTelemetry API takes one provider a signal, the first. */
export function signalsOfOthers(): ReadonlySet<Signal> {
  const apiNames = { traces: "trace", metrics: "metrics", logs: "logs" } as const;
  return new Set((Object.keys(apiNames) as Signal[]).filter((signal) => isRegistered(apiNames[signal])));
}

/**
 * Makes the providers of the signals that are not others' and registers them with the OpenTelemetry API, with a context
 * manager and the propagator where there are none.
 *
 * @returns the meter provider, for what must be collected without waiting when the process exits
 */
export function registerProviders(parts: ProviderParts, others: ReadonlySet<Signal>): MeterProvider | undefined {
  const { settings, resource } = parts;
  if (!isRegistered("context")) context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  if (!isRegistered("propagation")) propagation.setGlobalPropagator(settings.propagator);
  if (!others.has("traces")) {
    trace.setGlobalTracerProvider(
      new TracerProvider({
        resource,
        sampler: settings.sampler,
        spanLimits: settings.spanLimits,
        idGenerator: parts.idGenerator,
        spanProcessors: [...parts.spanProcessors],
      }),
    );
  }
  if (!others.has("logs")) {
    logs.setGlobalLoggerProvider(
      new LoggerProvider({
        resource,
        logRecordLimits: settings.logRecordLimits,
        processors: [...parts.logRecordProcessors],
      }),
    );
  }
  if (others.has("metrics")) return undefined;
  const meterProvider = new MeterProvider({ resource, views: [...settings.views], readers: [...parts.metricReaders] });
  metrics.setGlobalMeterProvider(meterProvider);
  return meterProvider;
}
