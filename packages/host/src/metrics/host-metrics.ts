import { createRequire } from "node:module";
import { cpus } from "node:os";
import type { MeterProvider } from "@opentelemetry/api";
import type * as HostPackage from "@opentelemetry/host-metrics";
import type * as RuntimePackage from "@opentelemetry/instrumentation-runtime-node";
import { revocableMeterProvider } from "./revocable-meter-provider.ts";

// Loaded when they are started: a program that collects no metrics does not wait for them.
const require = createRequire(import.meta.url);

/** Host and runtime metrics that are being collected. */
export interface HostMetrics {
  /** Takes every callback back; nothing is reported any more. */
  stop(): void;
}

/**
 * Reports the host's CPU and memory, this process's CPU and memory, the event loop, the heap and garbage collection,
 * whenever a reader of `meterProvider` collects. The one place that knows the packages behind it: `docs/decisions/0003-host-metrics.md`.
 *
 * A collection reads counters of the kernel, starts no process, and takes about a millisecond. Never keeps the process alive.
 */
export function startHostMetrics(meterProvider: MeterProvider): HostMetrics {
  const { HostMetrics: HostMetricsCollector } = require("@opentelemetry/host-metrics") as typeof HostPackage;
  const { RuntimeNodeInstrumentation } =
    require("@opentelemetry/instrumentation-runtime-node") as typeof RuntimePackage;
  const revocable = revocableMeterProvider(meterProvider, missingUnits);
  new HostMetricsCollector({ meterProvider: revocable.provider, metricGroups: metricGroups(cpus().length) }).start();
  const runtime = new RuntimeNodeInstrumentation();
  runtime.setMeterProvider(revocable.provider);
  return {
    stop() {
      runtime.disable();
      revocable.revoke();
    },
  };
}

/** Above this many, the CPUs of a host are the Collector's to report: each is ten points, for each process on it. */
const maxLogicalCpus = 64;

/**
 * What the host package is asked for. Never its `system.network`: that starts two processes a collection, and waits for
 * one of them on the main thread.
 */
export function metricGroups(logicalCpuCount: number): string[] {
  const always = ["system.memory", "process.cpu", "process.memory"];
  return logicalCpuCount <= maxLogicalCpus ? ["system.cpu", ...always] : always;
}

/** Semantic conventions give these a unit, the host package does not; without it Prometheus cannot name them. */
const missingUnits: ReadonlyMap<string, string> = new Map([
  ["process.cpu.utilization", "1"],
  ["process.memory.usage", "By"],
  ["system.cpu.utilization", "1"],
  ["system.memory.usage", "By"],
  ["system.memory.utilization", "1"],
]);
