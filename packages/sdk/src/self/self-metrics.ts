import { metrics } from "@opentelemetry/api";
import type { BatchObservableCallback, Observable } from "@opentelemetry/api";
import { metrics as registry } from "@runlight/conventions";
import {
  ATTR_RUNLIGHT_DROP_REASON,
  ATTR_RUNLIGHT_SIGNAL,
  METRIC_RUNLIGHT_SHIP_FAILURES,
  METRIC_RUNLIGHT_SHIP_RECORDS,
  METRIC_RUNLIGHT_SPOOL_DROPPED,
  METRIC_RUNLIGHT_SPOOL_RECORDS,
  METRIC_RUNLIGHT_SPOOL_SIZE,
} from "@runlight/conventions/names";
import type { MetricName } from "@runlight/conventions/names";
import { signals } from "../account.ts";
import type { OutletAccount } from "../outlet/outlet.ts";
import { scopeName, scopeVersion } from "../scope.ts";

/** Reports the account of telemetry itself as metrics, whenever metrics are collected, until it is stopped. */
export function startSelfMetrics(account: () => OutletAccount): { stop(): void } {
  const meter = metrics.getMeter(scopeName, scopeVersion);
  const observable = (name: MetricName): Observable => {
    const entry = registry.find((candidate) => candidate.name === name);
    const options = { unit: entry?.unit ?? "", description: entry?.brief ?? "" };
    return entry?.instrument === "gauge"
      ? meter.createObservableGauge(name, options)
      : meter.createObservableCounter(name, options);
  };
  const kept = observable(METRIC_RUNLIGHT_SPOOL_RECORDS);
  const dropped = observable(METRIC_RUNLIGHT_SPOOL_DROPPED);
  const size = observable(METRIC_RUNLIGHT_SPOOL_SIZE);
  const shipped = observable(METRIC_RUNLIGHT_SHIP_RECORDS);
  const failures = observable(METRIC_RUNLIGHT_SHIP_FAILURES);
  const instruments = [kept, dropped, size, shipped, failures];
  const observe: BatchObservableCallback = (result) => {
    const now = account();
    result.observe(size, now.sizeBytes);
    result.observe(failures, now.failures);
    for (const signal of signals) {
      const attributes = { [ATTR_RUNLIGHT_SIGNAL]: signal };
      result.observe(kept, now.signals[signal].kept, attributes);
      result.observe(shipped, now.signals[signal].shipped, attributes);
      for (const [reason, count] of Object.entries(now.signals[signal].dropped)) {
        result.observe(dropped, count, { ...attributes, [ATTR_RUNLIGHT_DROP_REASON]: reason });
      }
    }
  };
  meter.addBatchObservableCallback(observe, instruments);
  return { stop: () => meter.removeBatchObservableCallback(observe, instruments) };
}
