import { isMainThread } from "node:worker_threads";
import { metrics } from "@opentelemetry/api";
import { observeRuns, operationScope } from "@runlight/core";
import { startHostMetrics } from "@runlight/host";
import type { TelemetrySettings } from "../config/telemetry-settings.ts";
import type { Outlet } from "../outlet/outlet.ts";
import { startSelfMetrics } from "./self-metrics.ts";

/** What the observers need. */
export interface ObserverOptions {
  readonly settings: TelemetrySettings;
  readonly outlet: Outlet;
  /** True when the gauges of the runs are theirs to report. */
  readonly observesRuns: boolean;
}

/** What is asked for numbers whenever metrics are collected. Once stopped it does not start again. */
export interface Observers {
  start(): void;
  stop(): void;
}

/** Metrics of the runs, of telemetry itself and of host and process, by the OpenTelemetry API. */
export function createObservers({ settings, outlet, observesRuns }: ObserverOptions): Observers {
  let started: { stop(): void }[] | undefined;
  return {
    start() {
      if (started !== undefined) return;
      if (observesRuns) observeRuns(metrics.getMeter(operationScope.name, operationScope.version));
      started = [startSelfMetrics(() => outlet.account())];
      // The host is one for all threads.
      if (isMainThread && settings.hostMetrics) started.push(startHostMetrics(metrics.getMeterProvider()));
    },
    stop() {
      for (const observer of started ?? []) observer.stop();
      started = [];
    },
  };
}
