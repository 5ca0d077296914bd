import { ROOT_CONTEXT, SpanKind, SpanStatusCode, TraceFlags, trace } from "@opentelemetry/api";
import {
  ProtobufLogsSerializer,
  ProtobufMetricsSerializer,
  ProtobufTraceSerializer,
} from "@opentelemetry/otlp-transformer";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import {
  AggregationTemporality,
  AggregationType,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";

/** The bytes of an official serializer. */
export type Request = Uint8Array;

export const resource = resourceFromAttributes(
  { "service.name": "flights", "service.version": "1.2.3", "process.pid": 4711, "host.name": "größe" },
  { schemaUrl: "https://opentelemetry.io/schemas/1.45.0" },
);

const traceId = "0af7651916cd43dd8448eb211c80319c";
const startMs = 1_700_000_000_123;

/** Spans of two scopes with all that a span can hold, as the official serializer encodes them. */
export async function spanRequest(name = "stage load", ofResource = resource): Promise<Request> {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({
    resource: ofResource,
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer("@runlight/core", "0.1.0", { schemaUrl: "https://example.org/schema" });
  const parent = trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId: "b7ad6b7169203331",
    traceFlags: TraceFlags.SAMPLED,
    isRemote: true,
  });
  const link = {
    context: { traceId, spanId: "00f067aa0ba902b7", traceFlags: 1 },
    attributes: { "link.kind": "cause" },
  };
  const span = tracer.startSpan(name, { kind: SpanKind.CLIENT, startTime: startMs, links: [link] }, parent);
  span.setAttributes({
    text: "ä€𝄞",
    yes: true,
    count: 42,
    negative: -7,
    ratio: 0.25,
    big: 2 ** 60,
    list: ["a", "b"],
    numbers: [1, 2.5],
  });
  span.addEvent("retry", { attempt: 2 }, startMs + 5);
  span.setStatus({ code: SpanStatusCode.ERROR, message: "no such file" });
  span.end(startMs + 1500);
  provider
    .getTracer("plain")
    .startSpan("root", { startTime: startMs })
    .end(startMs + 1);
  await provider.forceFlush();
  const request = ProtobufTraceSerializer.serializeRequest(exporter.getFinishedSpans());
  await provider.shutdown();
  return present(request);
}

/** Log records with every kind of value, as the official serializer encodes them. */
export async function logRequest(body: unknown = "hello", ofResource = resource): Promise<Request> {
  const exporter = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({
    resource: ofResource,
    processors: [new SimpleLogRecordProcessor({ exporter })],
  });
  const context = trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId: "b7ad6b7169203331",
    traceFlags: TraceFlags.SAMPLED,
  });
  const logger = provider.getLogger("@runlight/core", "0.1.0");
  const nested = { level: { bytes: new Uint8Array([0, 255, 7]), list: [1, "two", [true, null]], none: null } };
  logger.emit({
    eventName: "stage.started",
    severityNumber: 9,
    severityText: "INFO",
    timestamp: startMs,
    context,
    body,
    attributes: nested,
  });
  logger.emit({ timestamp: startMs + 1, observedTimestamp: startMs + 2, body: { a: 1, b: [2.5] } });
  await provider.forceFlush();
  const request = ProtobufLogsSerializer.serializeRequest(exporter.getFinishedLogRecords());
  await provider.shutdown();
  return present(request);
}

/** Every kind of metric the SDK makes, as the official serializer encodes it. */
export async function metricRequest(ofResource = resource): Promise<Request> {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({
    resource: ofResource,
    readers: [reader],
    views: [{ instrumentName: "exponential", aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } }],
  });
  const meter = provider.getMeter("@runlight/host", "0.1.0");
  meter.createCounter("rows", { unit: "{row}", description: "Rows read", valueType: 0 }).add(3, { month: "2001-01" });
  meter.createUpDownCounter("open").add(-2);
  meter.createGauge("load").record(0.5, { cpu: "0" });
  const histogram = meter.createHistogram("duration", {
    unit: "s",
    advice: { explicitBucketBoundaries: [0.1, 1, 10] },
  });
  for (const value of [0.05, 0.5, 5, 50]) histogram.record(value);
  const exponential = meter.createHistogram("exponential");
  for (const value of [1, 2, 1000]) exponential.record(value);
  await provider.forceFlush();
  const [metrics] = exporter.getMetrics();
  if (metrics === undefined) throw new Error("the SDK made no metrics");
  const request = ProtobufMetricsSerializer.serializeRequest(metrics);
  await provider.shutdown();
  return present(request);
}

function present(request: Uint8Array | undefined): Request {
  if (request === undefined) throw new Error("the official serializer made nothing");
  return request;
}
