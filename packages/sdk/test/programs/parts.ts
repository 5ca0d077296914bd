// Gives the user's own parts and prints what they saw.
import { logs, metrics, trace } from "@opentelemetry/api";
import { InMemoryMetricExporter, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { AlwaysOffSampler } from "@opentelemetry/sdk-trace";
import { initTelemetry } from "@runlight/sdk";

const seen: string[] = [];
const step = (name: string) => (): Promise<void> => {
  seen.push(name);
  return Promise.resolve();
};
const exporter = new InMemoryMetricExporter(1);
const telemetry = await initTelemetry({
  service: "parts",

  hostMetrics: false,
  resourceAttributes: { "team.name": "beam", "db.password": "hunter2" },
  spanProcessors: [
    {
      onStart: (span) => void span.setAttribute("added", "by the user"),
      onEnd: (span) => void seen.push(`span ${span.name}`),
      forceFlush: step("flush spans"),
      shutdown: step("shutdown spans"),
    },
  ],
  logRecordProcessors: [
    {
      onEmit: (record) => void record.setAttribute("added", "by the user"),
      forceFlush: step("flush logs"),
      shutdown: () => Promise.reject(new Error("user's own fault")),
    },
  ],
  metricReaders: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })],
  views: [{ instrumentName: "test.rows", name: "test.renamed" }],
  ...(process.env["SAMPLER"] === "off" ? { sampler: new AlwaysOffSampler() } : {}),
});
metrics.getMeter("test").createCounter("test.rows").add(3);
logs.getLogger("test").emit({ body: "a line" });
trace.getTracer("test").startSpan("a span").end();
await telemetry.shutdown();
const names = exporter
  .getMetrics()
  .flatMap((one) => one.scopeMetrics.flatMap((scope) => scope.metrics.map((metric) => metric.descriptor.name)));
console.log(JSON.stringify({ seen, userReader: names.includes("test.renamed") }));
