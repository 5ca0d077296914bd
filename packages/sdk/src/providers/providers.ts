import { logs, metrics, propagation, trace, context } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import type { Resource } from "@opentelemetry/resources";
import type { LogRecordProcessor } from "@opentelemetry/sdk-logs";
import type { IMetricReader } from "@opentelemetry/sdk-metrics";
import type { IdGenerator, SpanProcessor } from "@opentelemetry/sdk-trace";
import { isApiRegistered } from "@runlight/core";
import type { Signal } from "@runlight/spool";
import type { TelemetrySettings } from "../config/telemetry-settings.ts";
import { lazy, lazyLoggerProvider, lazyMeterProvider, lazyTracerProvider } from "./lazy-providers.ts";
import { stockLogs, stockMetrics, stockTraces } from "./stock-packages.ts";

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
  return new Set((Object.keys(apiNames) as Signal[]).filter((signal) => isApiRegistered(apiNames[signal])));
}

/**
 * Registers providers of the signals that are not others' with the OpenTelemetry API, with a context manager and the
 * propagator where there are none. Each is made when somebody asks it for a tracer, a meter or a logger; the meter provider at once
 * where the user has readers of their own.
 */
export function registerProviders(parts: ProviderParts, others: ReadonlySet<Signal>): void {
  const { settings, resource } = parts;
  if (!isApiRegistered("context")) context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  if (!isApiRegistered("propagation")) propagation.setGlobalPropagator(settings.propagator);
  if (!others.has("traces")) {
    const tracerProvider = lazy(
      () =>
        new (stockTraces().TracerProvider)({
          resource,
          sampler: settings.sampler,
          spanLimits: settings.spanLimits,
          idGenerator: parts.idGenerator,
          spanProcessors: [...parts.spanProcessors],
        }),
    );
    trace.setGlobalTracerProvider(lazyTracerProvider(tracerProvider));
  }
  if (!others.has("logs")) {
    const loggerProvider = lazy(
      () =>
        new (stockLogs().LoggerProvider)({
          resource,
          logRecordLimits: settings.logRecordLimits,
          processors: [...parts.logRecordProcessors],
        }),
    );
    logs.setGlobalLoggerProvider(lazyLoggerProvider(loggerProvider));
  }
  if (others.has("metrics")) return;
  const meterProvider = lazy(
    () =>
      new (stockMetrics().MeterProvider)({ resource, views: [...settings.views], readers: [...parts.metricReaders] }),
  );
  metrics.setGlobalMeterProvider(lazyMeterProvider(meterProvider));
  // A reader of the user's own collects when it likes.
  if ((settings.parts.metricReaders ?? []).length > 0) meterProvider.get();
}
