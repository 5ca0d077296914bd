import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-http";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { runNode, startOtlpSink } from "@runlight/testing";
import type { OtlpSink } from "@runlight/testing";
import { describe, expect, test } from "vitest";
import { metricGroups, startHostMetrics } from "../src/metrics/host-metrics.ts";

const collectionTimeoutMs = 60_000;

function meterProviderFor(sink: OtlpSink): MeterProvider {
  const exporter = new OTLPMetricExporter({ url: `${sink.url}/v1/metrics` });
  return new MeterProvider({
    readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 })],
  });
}

function namesWithUnits(sink: OtlpSink): string[] {
  return [...new Set(sink.metricPoints.map((point) => `${point.name} ${point.unit}`))].sort();
}

describe("startHostMetrics()", () => {
  test("startHostMetrics() reports host, process and runtime under the names of docs/decisions/0003", async () => {
    await using sink = await startOtlpSink();
    const provider = meterProviderFor(sink);
    const metrics = startHostMetrics(provider);
    await provider.forceFlush({ timeoutMillis: collectionTimeoutMs });
    metrics.stop();
    await provider.shutdown();
    // The event loop's delay and garbage collection appear only once they have been seen.
    const always = namesWithUnits(sink).filter((name) => !/^(nodejs\.eventloop\.delay|v8js\.gc)\./.test(name));
    expect(always).toEqual([
      "nodejs.eventloop.time s",
      "nodejs.eventloop.utilization 1",
      "process.cpu.time s",
      "process.cpu.utilization 1",
      "process.memory.usage By",
      "system.cpu.time s",
      "system.cpu.utilization 1",
      "system.memory.usage By",
      "system.memory.utilization 1",
      "v8js.memory.heap.space.available_size By",
      "v8js.memory.heap.space.physical_size By",
      "v8js.memory.heap.space.size By",
      "v8js.memory.heap.used By",
      "v8js.resource.active {resource}",
    ]);
    const memory = sink.metricPoints.find((point) => point.name === "process.memory.usage");
    expect(Number(memory?.value)).toBeGreaterThan(10_000_000);
  });

  test("startHostMetrics() reports nothing after stop()", async () => {
    await using sink = await startOtlpSink();
    const provider = meterProviderFor(sink);
    const metrics = startHostMetrics(provider);
    metrics.stop();
    await provider.forceFlush({ timeoutMillis: collectionTimeoutMs });
    await provider.shutdown();
    expect(sink.metricPoints.filter((point) => !point.name.startsWith("v8js.gc."))).toEqual([]);
  });

  test("startHostMetrics() starts no process and does not keep its own alive", async () => {
    const host = new URL("../dist/index.js", import.meta.url).href;
    const source = `
      import { subscribe } from "node:diagnostics_channel";
      import { metrics } from "@opentelemetry/api";
      import { MeterProvider, MetricReader } from "@opentelemetry/sdk-metrics";
      import { startHostMetrics } from ${JSON.stringify(host)};
      class Reader extends MetricReader { async onForceFlush() {} async onShutdown() {} }
      subscribe("child_process", ({ process }) => console.log("started", process.spawnfile));
      const reader = new Reader();
      startHostMetrics(new MeterProvider({ readers: [reader] }));
      const begin = performance.now();
      const { resourceMetrics, errors } = await reader.collect();
      const count = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics).length;
      console.log(JSON.stringify([count > 10, errors, performance.now() - begin < 10_000]));`;
    const result = await runNode(["--input-type=module", "--eval", source], { cwd: import.meta.dirname });
    expect([result.stdout, result.stderr, result.exitCode]).toEqual(["[true,[],true]\n", "", 0]);
  });
});

describe("metricGroups()", () => {
  test("metricGroups() leaves CPUs out above 64", () => {
    expect(metricGroups(64)).toEqual(["system.cpu", "system.memory", "process.cpu", "process.memory"]);
    expect(metricGroups(65)).toEqual(["system.memory", "process.cpu", "process.memory"]);
  });
});
