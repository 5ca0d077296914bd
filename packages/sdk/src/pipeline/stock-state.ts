import type { HrTime } from "@opentelemetry/api";
import type {
  IMetricReader,
  InstrumentType,
  MeterProvider,
  MetricData,
  MetricProducer,
  ResourceMetrics,
  ScopeMetrics,
} from "@opentelemetry/sdk-metrics";

/*
 * A reader of the stock SDK gets all metrics of all instruments at once, and only by a promise. What is recorded lies ready in the
 * provider's storages, one an instrument; the only way to it leads through state that the SDK does not publish. This file alone knows
 * that state, the SDK's version is pinned exactly, and test/pipeline/synchronous-collection.test.ts fails when it moves.
 */

/** The metrics of one instrument. */
export interface MetricStorage {
  getInstrumentDescriptor(): { readonly type: InstrumentType };
  collect(collector: object, collectionTime: HrTime): MetricData | undefined;
  readonly _deltaMetricStorage: { readonly _activeCollectionStorage: { readonly size: number } };
}

/** One meter. */
export interface MeterState {
  readonly _instrumentationScope: ScopeMetrics["scope"];
  readonly observableRegistry: { observe(collectionTime: HrTime, timeoutMs: number): Promise<readonly unknown[]> };
  readonly metricStorageRegistry: { getStorages(collector: object): readonly MetricStorage[] };
}

/** What a meter provider keeps. */
export interface ProviderState {
  readonly resource: ResourceMetrics["resource"];
  readonly metricCollectors: readonly { readonly _metricReader: IMetricReader }[];
  readonly meterSharedStates: ReadonlyMap<string, MeterState>;
}

/** The state of a meter provider, or of the one that gave a reader this producer. */
export function stateOf(provider: MeterProvider | MetricProducer): ProviderState {
  return (provider as unknown as { readonly _sharedState: ProviderState })._sharedState;
}
