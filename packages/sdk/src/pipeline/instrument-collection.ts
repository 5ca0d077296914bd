import { millisToHrTime } from "@opentelemetry/core";
import type { MetricData, MetricProducer, ResourceMetrics, ScopeMetrics } from "@opentelemetry/sdk-metrics";
import { stateOf } from "./stock-state.ts";

/** The metric of one instrument, and whose it is. */
export interface InstrumentMetric {
  readonly resource: ResourceMetrics["resource"];
  readonly scope: ScopeMetrics["scope"];
  readonly metric: MetricData;
}

/** How metrics are collected. */
export interface CollectionSettings {
  /** Longest wait for an observable callback. */
  readonly timeoutMs: number;
  /** Told what observable callbacks threw. */
  readonly onError: (error: unknown) => void;
}

/**
 * What `producer.collect()` gives, one instrument after the other, each as it stands when it is asked for: observable instruments are
 * observed first, together. An instrument of 2,000 series, the most it has, takes about two milliseconds.
 */
export async function* collectInstruments(
  producer: MetricProducer,
  { timeoutMs, onError }: CollectionSettings,
): AsyncGenerator<InstrumentMetric> {
  const { resource, meterSharedStates } = stateOf(producer);
  const meters = [...meterSharedStates.values()];
  const collectionTime = millisToHrTime(Date.now());
  const errors = await Promise.all(meters.map((meter) => meter.observableRegistry.observe(collectionTime, timeoutMs)));
  for (const error of errors.flat()) onError(error);
  for (const meter of meters) {
    for (const storage of meter.metricStorageRegistry.getStorages(producer)) {
      const metric = storage.collect(producer, collectionTime);
      if (metric !== undefined) yield { resource, scope: meter._instrumentationScope, metric };
    }
  }
}
