import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import type { Signal } from "@runlight/spool";
import type { ProviderParts } from "./providers.ts";

/**
 * Starts the stock NodeSDK with our parts, for `direct` mode. Loaded only there: importing it takes about half a second.
 * It takes no limits of log records but those of `OTEL_LOGRECORD_*` variables.
 */
export async function startNodeSdk(parts: ProviderParts, others: ReadonlySet<Signal>): Promise<void> {
  const { NodeSDK } = await import("@opentelemetry/sdk-node");
  const { settings } = parts;
  const sdk = withoutLogLevel(
    () =>
      new NodeSDK({
        autoDetectResources: false,
        resource: parts.resource,
        contextManager: new AsyncLocalStorageContextManager().enable(),
        textMapPropagator: settings.propagator,
        sampler: settings.sampler,
        spanLimits: settings.spanLimits,
        idGenerator: parts.idGenerator,
        views: [...settings.views],
        // Where a list is empty, NodeSDK makes no provider; what others have registered stays.
        spanProcessors: others.has("traces") ? [] : [...parts.spanProcessors],
        metricReaders: others.has("metrics") ? [] : [...parts.metricReaders],
        ...(others.has("logs") ? {} : { logRecordProcessors: [...parts.logRecordProcessors] }),
        instrumentations: [],
      }),
  );
  sdk.start();
}

/** NodeSDK would put a console logger of its own in place of the diagnostics logger that is registered. */
function withoutLogLevel<T>(make: () => T): T {
  const level = process.env["OTEL_LOG_LEVEL"];
  delete process.env["OTEL_LOG_LEVEL"];
  try {
    return make();
  } finally {
    if (level !== undefined) process.env["OTEL_LOG_LEVEL"] = level;
  }
}
