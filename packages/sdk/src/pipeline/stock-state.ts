import type { Attributes, HrTime } from "@opentelemetry/api";
import type {
  AggregationTemporality,
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

/** What was recorded in one series. */
export type Accumulation = object;

/** Series and what was recorded in them, in the order in which they began. */
export interface Accumulations {
  readonly size: number;
  entries(): Iterable<readonly [Attributes, Accumulation, hash: string]>;
}

/** How values of one instrument are added up. */
export interface Aggregator {
  readonly kind: number;
  /** `undefined` where a view drops the instrument. */
  toMetricData(
    descriptor: MetricData["descriptor"],
    temporality: AggregationTemporality,
    series: readonly (readonly [Attributes, Accumulation, hash: string])[],
    endTime: HrTime,
  ): MetricData | undefined;
}

/** The metrics of one instrument. */
export interface MetricStorage {
  getInstrumentDescriptor(): MetricData["descriptor"] & { readonly type: InstrumentType };
  collect(collector: object, collectionTime: HrTime): MetricData | undefined;
  readonly _deltaMetricStorage: {
    readonly _aggregator: Aggregator;
    /** What was recorded since somebody took it. */
    readonly _activeCollectionStorage: Accumulations;
    /** What an observable instrument said, of each series the last. */
    _cumulativeMemoStorage: Accumulations;
    /** Takes what was recorded. */
    collect(): Accumulations;
  };
  readonly _temporalMetricStorage: {
    /** One entry a reader that collects this storage. */
    readonly _unreportedAccumulations: { readonly size: number };
    /** What was collected the SDK's way, by reader. */
    readonly _reportHistory: { readonly size: number };
  };
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

const synchronousInstruments: ReadonlySet<`${InstrumentType}`> = new Set([
  "COUNTER",
  "UP_DOWN_COUNTER",
  "HISTOGRAM",
  "GAUGE",
]);

/** Whether an instrument is recorded into when something happens, and not asked when it is collected. */
export function isSynchronous(storage: MetricStorage): boolean {
  return synchronousInstruments.has(storage.getInstrumentDescriptor().type);
}

/**
 * Whether what was recorded can be read where it lies and left there: then it goes on adding up, and is cumulative without being merged
 * with what was collected before.
 */
export function staysInPlace(storage: MetricStorage): boolean {
  return isSynchronous(storage) && isOurs(storage);
}

/** `AggregatorKind.LAST_VALUE` of the SDK. */
const lastValue = 2;

/** Whether {@link takeObserved} gives all that there is to say of an instrument. */
export function saysLastValues(storage: MetricStorage): boolean {
  return !isSynchronous(storage) && storage._deltaMetricStorage._aggregator.kind === lastValue && isOurs(storage);
}

/**
 * What an observable gauge said when it was asked last. The SDK would repeat what it said before, too, of each series for ever, and
 * count all of them against the bound of series.
 */
export function takeObserved(storage: MetricStorage): Accumulations {
  const observed = storage._deltaMetricStorage.collect();
  storage._deltaMetricStorage._cumulativeMemoStorage = observed;
  return observed;
}

/** Not where another reader shares the storage, as readers do behind a view, or where it was collected the SDK's way before. */
function isOurs(storage: MetricStorage): boolean {
  const { _unreportedAccumulations: readers, _reportHistory: history } = storage._temporalMetricStorage;
  return readers.size === 1 && history.size === 0;
}
