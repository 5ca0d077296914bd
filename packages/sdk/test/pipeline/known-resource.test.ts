import { ProtobufLogsSerializer, ProtobufTraceSerializer } from "@opentelemetry/otlp-transformer";
import { resourceFromAttributes } from "@opentelemetry/resources";
import type { Resource } from "@opentelemetry/resources";
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import type { ReadableLogRecord } from "@opentelemetry/sdk-logs";
import type { ReadableSpan } from "@opentelemetry/sdk-trace";
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { expect, test } from "vitest";
import { withKnownResource } from "../../src/pipeline/known-resource.ts";
import { copyOfRecord } from "../../src/pipeline/log-record-processor.ts";
import { copyOfSpan } from "../../src/pipeline/span-processor.ts";

const resources: readonly Resource[] = [
  resourceFromAttributes({ "service.name": "unit ü", answer: 42, list: ["a", "b"] }),
  resourceFromAttributes({}),
  resourceFromAttributes({ long: "x".repeat(20_000) }, { schemaUrl: "https://opentelemetry.io/schemas/1.40.0" }),
];

function recordsOf(resource: Resource): readonly ReadableLogRecord[] {
  const exporter = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({ resource, processors: [new SimpleLogRecordProcessor({ exporter })] });
  for (const size of [0, 1, 100, 127, 128, 16_000, 16_384, 3_000_000])
    provider.getLogger("some", "1.0.0").emit({ body: "b".repeat(size), attributes: { size } });
  return exporter.getFinishedLogRecords();
}

test("withKnownResource() gives the official bytes of records, whatever their size and resource", () => {
  const serialize = withKnownResource(
    (record: ReadableLogRecord) => ProtobufLogsSerializer.serializeRequest([record]),
    copyOfRecord,
  );
  for (const record of resources.flatMap(recordsOf)) {
    const official = ProtobufLogsSerializer.serializeRequest([record]);
    expect(Buffer.compare(serialize(record) ?? new Uint8Array(), official ?? new Uint8Array())).toBe(0);
  }
});

test("withKnownResource() gives the official bytes of spans", () => {
  const exporter = new InMemorySpanExporter();
  const [resource] = resources as [Resource];
  const provider = new TracerProvider({ resource, spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  for (const name of ["one", "two"]) provider.getTracer("some").startSpan(name, { attributes: { name } }).end();
  const spans = exporter.getFinishedSpans();
  const serialize = withKnownResource(
    (span: ReadableSpan) => ProtobufTraceSerializer.serializeRequest([span]),
    copyOfSpan,
  );
  for (const span of spans) {
    const official = ProtobufTraceSerializer.serializeRequest([span]);
    expect(Buffer.compare(serialize(span) ?? new Uint8Array(), official ?? new Uint8Array())).toBe(0);
  }
  expect(spans.length).toBe(2);
});

test("withKnownResource() does not keep a resource whose attributes are still to come, nor what could not be serialized", () => {
  const asked: unknown[] = [];
  const serialize = withKnownResource(
    (item: { readonly resource: Resource; readonly fails?: boolean }) => {
      asked.push(item.resource);
      return item.fails === true ? undefined : Uint8Array.of(0x0a, 2, 0x0a, 0);
    },
    (item, resource) => ({ ...item, resource }),
  );
  const pending = { attributes: {}, asyncAttributesPending: true } as unknown as Resource;
  const [resource] = resources as [Resource];
  for (const item of [{ resource: pending }, { resource: pending }, { resource, fails: true }, { resource }])
    serialize(item);
  expect(asked).toEqual([pending, pending, resource, resource]);
  expect(() =>
    withKnownResource(
      () => Uint8Array.of(0x12, 0),
      (item: { readonly resource: Resource }) => item,
    )({ resource }),
  ).toThrow(RangeError);
});
