import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import {
  JsonLogsSerializer,
  JsonMetricsSerializer,
  JsonTraceSerializer,
  ProtobufLogsSerializer,
  ProtobufMetricsSerializer,
  ProtobufTraceSerializer,
} from "@opentelemetry/otlp-transformer";
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import { AggregationType, MeterProvider, MetricReader } from "@opentelemetry/sdk-metrics";
import type { ResourceMetrics } from "@opentelemetry/sdk-metrics";
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { describe, expect, test } from "vitest";
import { decodeOtlpRequest, encodeOtlpResponse } from "../src/otlp/decode.ts";

const link = { traceId: "1".repeat(32), spanId: "2".repeat(16), traceFlags: 1 };

/** Decodes one batch from both encodings of the official serializers; field numbers or names that are wrong here tell them apart. */
function decodeBoth<Batch>(
  signal: "logs" | "metrics" | "traces",
  batch: Batch,
  serializers: Record<"json" | "protobuf", { serializeRequest(batch: Batch): Uint8Array | undefined }>,
): ReturnType<typeof decodeOtlpRequest>[] {
  return (["protobuf", "json"] as const).map((encoding) =>
    decodeOtlpRequest(signal, serializers[encoding].serializeRequest(batch)!, encoding),
  );
}

describe("decodeOtlpRequest() of the official serializers", () => {
  test("decodeOtlpRequest() reads spans alike from protobuf and JSON", () => {
    const exporter = new InMemorySpanExporter();
    const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
    const tracer = provider.getTracer("probe", "1.2.3");
    const parent = tracer.startSpan("parent", {
      kind: SpanKind.PRODUCER,
      links: [{ context: link, attributes: { why: "test" } }],
    });
    const child = tracer.startSpan(
      "child",
      { attributes: { text: "é", double: 0.5, int: -3, flag: false, list: [1, 2] } },
      trace.setSpan(ROOT_CONTEXT, parent),
    );
    child.addEvent("half", { at: 0.5 });
    child.setStatus({ code: SpanStatusCode.ERROR, message: "broken" });
    child.end();
    parent.end();
    const [fromProtobuf, fromJson] = decodeBoth("traces", exporter.getFinishedSpans(), {
      protobuf: ProtobufTraceSerializer,
      json: JsonTraceSerializer,
    });
    expect(fromProtobuf).toEqual(fromJson);
    const [first, second] = fromProtobuf!.spans;
    expect([
      first?.name,
      first?.kind,
      first?.status,
      first?.attributes,
      first?.events[0]?.name,
      first?.events[0]?.attributes,
    ]).toEqual([
      "child",
      1,
      { code: 2, message: "broken" },
      { text: "é", double: 0.5, int: -3, flag: false, list: [1, 2] },
      "half",
      { at: 0.5 },
    ]);
    expect([first?.traceId, first?.parentSpanId]).toEqual([parent.spanContext().traceId, second?.spanId]);
    expect([second?.kind, second?.links, second?.scope]).toEqual([
      4,
      [{ traceId: link.traceId, spanId: link.spanId, attributes: { why: "test" } }],
      { name: "probe", version: "1.2.3", attributes: {} },
    ]);
    expect(Number(first!.endTimeUnixNano - first!.startTimeUnixNano)).toBeGreaterThanOrEqual(0);
  });

  test("decodeOtlpRequest() reads log records alike from protobuf and JSON", () => {
    const exporter = new InMemoryLogRecordExporter();
    const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] });
    provider.getLogger("probe").emit({
      eventName: "stage.failed",
      severityNumber: 17,
      severityText: "ERROR",
      body: { nested: ["deep", { rows: 3 }], empty: null },
      attributes: { bytes: new Uint8Array([1, 2]), big: 2 ** 53 },
      context: trace.setSpanContext(ROOT_CONTEXT, link),
      timestamp: 1_700_000_000_000,
    });
    const [fromProtobuf, fromJson] = decodeBoth("logs", exporter.getFinishedLogRecords(), {
      protobuf: ProtobufLogsSerializer,
      json: JsonLogsSerializer,
    });
    expect(fromProtobuf).toEqual(fromJson);
    const { resource, observedTimeUnixNano, ...record } = fromProtobuf!.logRecords[0]!;
    expect([typeof resource["service.name"], observedTimeUnixNano > 1_700_000_000_000_000_000n]).toEqual([
      "string",
      true,
    ]);
    expect(record).toEqual({
      eventName: "stage.failed",
      severityNumber: 17,
      severityText: "ERROR",
      body: { nested: ["deep", { rows: 3 }], empty: null },
      attributes: { bytes: new Uint8Array([1, 2]), big: 9007199254740992n },
      droppedAttributesCount: 0,
      traceId: link.traceId,
      spanId: link.spanId,
      flags: expect.any(Number) as number,
      timeUnixNano: 1_700_000_000_000_000_000n,
      scope: { name: "probe", version: "", attributes: {} },
    });
  });

  test("decodeOtlpRequest() reads metrics alike from protobuf and JSON", async () => {
    class Reader extends MetricReader {
      protected override async onForceFlush(): Promise<void> {}
      protected override async onShutdown(): Promise<void> {}
    }
    const reader = new Reader();
    const exponential = { type: AggregationType.EXPONENTIAL_HISTOGRAM } as const;
    const provider = new MeterProvider({
      readers: [reader],
      views: [{ instrumentName: "exponential", aggregation: exponential }],
    });
    const meter = provider.getMeter("probe");
    meter.createCounter("counter", { unit: "{row}", description: "Rows." }).add(3, { month: "2001-01" });
    meter.createUpDownCounter("updown").add(-1.5);
    meter.createGauge("gauge").record(0.25);
    const histogram = meter.createHistogram("histogram", { advice: { explicitBucketBoundaries: [1, 10] } });
    const other = meter.createHistogram("exponential");
    for (const value of [0, 0.5, 5, 50]) {
      histogram.record(value);
      other.record(value);
    }
    const { resourceMetrics } = await reader.collect();
    const [fromProtobuf, fromJson] = decodeBoth<ResourceMetrics>("metrics", resourceMetrics, {
      protobuf: ProtobufMetricsSerializer,
      json: JsonMetricsSerializer,
    });
    expect(fromProtobuf).toEqual(fromJson);
    const points = fromProtobuf!.metricPoints.toSorted((one, two) => one.name.localeCompare(two.name));
    expect(
      points.map((point) => [
        point.name,
        point.kind,
        point.temporality,
        point.monotonic,
        point.value,
        point.count,
        point.sum,
      ]),
    ).toEqual([
      ["counter", "sum", "cumulative", true, 3, undefined, undefined],
      ["exponential", "exponential_histogram", "cumulative", false, undefined, 4, 55.5],
      ["gauge", "gauge", "unspecified", false, 0.25, undefined, undefined],
      ["histogram", "histogram", "cumulative", false, undefined, 4, 55.5],
      ["updown", "sum", "cumulative", false, -1.5, undefined, undefined],
    ]);
    expect([points[0]?.unit, points[0]?.description, points[0]?.attributes]).toEqual([
      "{row}",
      "Rows.",
      { month: "2001-01" },
    ]);
    expect([points[3]?.bucketCounts, points[3]?.explicitBounds, points[3]?.min, points[3]?.max]).toEqual([
      [2, 1, 1],
      [1, 10],
      0,
      50,
    ]);
    const counts = points[1]!.exponential!.positive.bucketCounts;
    expect([points[1]?.exponential?.zeroCount, counts.reduce((sum, count) => sum + count, 0)]).toEqual([1, 3]);
  });

  test("encodeOtlpResponse() writes a partial success that the official deserializers read", () => {
    const bytes = encodeOtlpResponse("traces", "protobuf", { rejected: 2, errorMessage: "too old" });
    const text = encodeOtlpResponse("logs", "json", { rejected: 3, errorMessage: "too new" });
    expect(ProtobufTraceSerializer.deserializeResponse(bytes)).toEqual({
      partialSuccess: { rejectedSpans: 2, errorMessage: "too old" },
    });
    expect(JsonLogsSerializer.deserializeResponse(text)).toEqual({
      partialSuccess: { rejectedLogRecords: "3", errorMessage: "too new" },
    });
  });
});
