import type { HrTime } from "@opentelemetry/api";
import { millisToHrTime } from "@opentelemetry/core";
import type {
  IMetricReader,
  InstrumentType,
  MeterProvider,
  MetricData,
  ResourceMetrics,
  ScopeMetrics,
} from "@opentelemetry/sdk-metrics";

/*
 * `MetricReader.collect()` is asynchronous because observable callbacks may be, and in an `exit` handler no promise is
 * settled any more. What synchronous instruments recorded lies ready in the provider's storages; the only way to it leads
 * through state that the SDK does not publish. This file alone knows that state, the SDK's version is pinned exactly,
 * and test/pipeline/synchronous-collection.test.ts fails when it moves.
 */

interface MetricStorage {
  getInstrumentDescriptor(): { readonly type: InstrumentType };
  collect(collector: object, collectionTime: HrTime): MetricData | undefined;
  readonly _deltaMetricStorage: { readonly _activeCollectionStorage: { readonly size: number } };
}

interface SharedState {
  readonly resource: ResourceMetrics["resource"];
  readonly metricCollectors: readonly { readonly _metricReader: IMetricReader }[];
  readonly meterSharedStates: ReadonlyMap<
    string,
    {
      readonly _instrumentationScope: ScopeMetrics["scope"];
      readonly metricStorageRegistry: { getStorages(collector: object): readonly MetricStorage[] };
    }
  >;
}

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
  const state = (provider as unknown as { readonly _sharedState: SharedState })._sharedState;
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
