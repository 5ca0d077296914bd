import { millisToHrTime } from "@opentelemetry/core";
import type {
  IMetricReader,
  InstrumentType,
  MeterProvider,
  MetricData,
  ResourceMetrics,
  ScopeMetrics,
} from "@opentelemetry/sdk-metrics";
import { stateOf } from "./stock-state.ts";

const synchronousInstruments: ReadonlySet<`${InstrumentType}`> = new Set([
  "COUNTER",
  "UP_DOWN_COUNTER",
  "HISTOGRAM",
  "GAUGE",
]);

/**
 * The metrics of synchronous instruments into which something was recorded since the reader last collected; `undefined`
 * when there are none. Observable instruments are left out: they cannot be asked without waiting.
 *
 * @throws TypeError when the SDK keeps its state otherwise than this file expects.
 */
export function collectSynchronously(provider: MeterProvider, reader: IMetricReader): ResourceMetrics | undefined {
  const state = stateOf(provider);
  const collector = state.metricCollectors.find((candidate) => candidate._metricReader === reader);
  if (collector === undefined) return undefined;
  const collectionTime = millisToHrTime(Date.now());
  const scopeMetrics: ScopeMetrics[] = [];
  for (const meter of state.meterSharedStates.values()) {
    const metrics: MetricData[] = [];
    for (const storage of meter.metricStorageRegistry.getStorages(collector)) {
      if (!synchronousInstruments.has(storage.getInstrumentDescriptor().type)) continue;
      if (storage._deltaMetricStorage._activeCollectionStorage.size === 0) continue;
      const metric = storage.collect(collector, collectionTime);
      if (metric !== undefined) metrics.push(metric);
    }
    if (metrics.length > 0) scopeMetrics.push({ scope: meter._instrumentationScope, metrics });
  }
  return scopeMetrics.length === 0 ? undefined : { resource: state.resource, scopeMetrics };
}
