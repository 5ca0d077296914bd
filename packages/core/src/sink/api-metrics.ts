import * as api from "@opentelemetry/api";
import type { Attributes, Counter, Histogram, Meter, MeterProvider, UpDownCounter } from "@opentelemetry/api";
import { metrics as registry } from "@runlight/conventions";
import type { MetricEntry } from "@runlight/conventions";
import type { MetricName } from "@runlight/conventions/names";
import { observeRuns } from "./api-run-gauges.ts";
import type { MeasurementRecorder } from "./measurement-recorder.ts";
import { scopeName, scopeVersion } from "./scope.ts";

/** Records on instruments of the OpenTelemetry API, created when they are first used, and again when another meter provider is registered. */
export function createApiRecorder(): MeasurementRecorder {
  let provider: MeterProvider | undefined;
  let meter: Meter = api.createNoopMeter();
  let instruments = new Map<MetricName, Counter | Histogram | UpDownCounter>();

  return ({ metric, value, attributes }, context) => {
    const current = api.metrics.getMeterProvider();
    if (current !== provider) {
      provider = current;
      meter = current.getMeter(scopeName, scopeVersion);
      instruments = new Map();
      observeRuns(meter);
    }
    let instrument = instruments.get(metric);
    if (instrument === undefined) instruments.set(metric, (instrument = createInstrument(meter, metric)));
    if ("record" in instrument) instrument.record(value, attributes as Attributes, context);
    else instrument.add(value, attributes as Attributes, context);
  };
}

function createInstrument(meter: Meter, name: MetricName): Counter | Histogram | UpDownCounter {
  const entry = registry.find((candidate) => candidate.name === name) as MetricEntry;
  const options = { unit: entry.unit, description: entry.brief };
  switch (entry.instrument) {
    case "counter":
      return meter.createCounter(name, options);
    case "updowncounter":
      return meter.createUpDownCounter(name, options);
    case "histogram":
      return meter.createHistogram(name, {
        ...options,
        advice: { explicitBucketBoundaries: [...(entry.buckets ?? [])] },
      });
    case "gauge":
      throw new RangeError(`Cannot record: ${name} must be a counter or histogram, current value is a gauge`);
  }
}
