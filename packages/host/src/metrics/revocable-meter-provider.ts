import type { BatchObservableCallback, Meter, MeterProvider, MetricOptions, Observable } from "@opentelemetry/api";

/** A view of a meter provider for instrumentation that has no way to stop. */
export interface RevocableMeterProvider {
  readonly provider: MeterProvider;
  /** Removes every batch callback that was added through it. */
  revoke(): void;
}

/** Wraps a provider: remembers the batch callbacks, and gives observable gauges the unit of their name where they have none. */
export function revocableMeterProvider(
  inner: MeterProvider,
  units: ReadonlyMap<string, string>,
): RevocableMeterProvider {
  const revocations: (() => void)[] = [];
  return {
    provider: {
      getMeter: (name, version, options) => wrapMeter(inner.getMeter(name, version, options), units, revocations),
    },
    revoke() {
      for (const revoke of revocations.splice(0)) revoke();
    },
  };
}

function wrapMeter(inner: Meter, units: ReadonlyMap<string, string>, revocations: (() => void)[]): Meter {
  const meter = Object.create(inner) as Meter;
  meter.createObservableGauge = (name: string, options?: MetricOptions) => {
    const unit = units.get(name);
    return inner.createObservableGauge(name, unit === undefined ? options : { unit, ...options });
  };
  meter.addBatchObservableCallback = (callback: BatchObservableCallback, observables: Observable[]) => {
    inner.addBatchObservableCallback(callback, observables);
    revocations.push(() => inner.removeBatchObservableCallback(callback, observables));
  };
  return meter;
}
