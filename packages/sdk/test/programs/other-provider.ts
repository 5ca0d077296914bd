// Somebody else has registered a tracer provider and a meter provider before Runlight is switched on.
import { metrics, trace } from "@opentelemetry/api";
import { MeterProvider } from "@opentelemetry/sdk-metrics";
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { initTelemetry, stage, workflow } from "@runlight/sdk";

const exporter = new InMemorySpanExporter();
trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }));
metrics.setGlobalMeterProvider(new MeterProvider());
const telemetry = await initTelemetry({ service: "other", hostMetrics: false });
workflow("job", () => stage("load", () => {}));
const { signals } = telemetry.account();
console.log(
  JSON.stringify({
    spans: exporter.getFinishedSpans().map((span) => span.name),
    providers: { traces: signals.traces.provider, metrics: signals.metrics.provider, logs: signals.logs.provider },
  }),
);
