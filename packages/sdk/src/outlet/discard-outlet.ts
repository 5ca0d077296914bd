import { TraceFlags } from "@opentelemetry/api";
import { forEachSignal } from "../account.ts";
import type { Outlet } from "./outlet.ts";

/** Telemetry to nowhere, counted: the disk refused and there is no endpoint. Nothing is held in memory. */
export function createDiscardOutlet(reason: string): Outlet {
  let spans = 0;
  let records = 0;
  const nothing = (): Promise<void> => Promise.resolve();
  return {
    state: "discard",
    spanProcessors: [
      {
        onStart() {},
        onEnd(span) {
          if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0) spans++;
        },
        forceFlush: nothing,
        shutdown: nothing,
      },
    ],
    logRecordProcessors: [{ onEmit: () => void records++, forceFlush: nothing, shutdown: nothing }],
    // Without a reader no metric is aggregated, so none is lost either.
    metricReaders: [],
    get taken() {
      return spans + records;
    },
    startMetrics: () => true,
    collectMetricsSoon() {},
    write() {},
    drain: () => Promise.resolve(true),
    finish() {},
    close: nothing,
    account() {
      const dropped = { traces: spans, metrics: 0, logs: records };
      return {
        state: "discard",
        directory: undefined,
        sizeBytes: 0,
        bufferedBytes: 0,
        failures: 0,
        lastError: reason,
        signals: forEachSignal((signal) => ({
          endpoint: undefined,
          kept: 0,
          shipped: 0,
          dropped: dropped[signal] > 0 ? { closed: dropped[signal] } : {},
          pending: 0,
        })),
      };
    },
    // Whoever chose this outlet has said why.
    troubles: () => [],
  };
}
