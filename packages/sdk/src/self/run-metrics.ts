import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IMetricReader } from "@opentelemetry/sdk-metrics";
import { Operation, operationChannels } from "@runlight/core";

/** Least time between two collections that runs ask for. */
export const runMetricsIntervalMs = 1000;

/**
 * Collects metrics soon after a run begins or ends, so that it is seen active, and a failure calls, without waiting for the interval of metric
 * exports. However many runs come and go, at most one collection a second.
 */
export function startRunMetrics(readers: readonly IMetricReader[]): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const collectSoon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      for (const reader of readers) void reader.forceFlush().catch(() => undefined);
    }, runMetricsIntervalMs).unref();
  };
  const onStart = (message: unknown): void => {
    if (message instanceof Operation && message.kind === "workflow") collectSoon();
  };
  subscribe(operationChannels.start, onStart);
  subscribe(operationChannels.summary, collectSoon);
  return {
    stop() {
      clearTimeout(timer);
      unsubscribe(operationChannels.start, onStart);
      unsubscribe(operationChannels.summary, collectSoon);
    },
  };
}
