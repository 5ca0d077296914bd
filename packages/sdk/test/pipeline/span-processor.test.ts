import { ROOT_CONTEXT, SpanStatusCode } from "@opentelemetry/api";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { AlwaysOffSampler, SamplingDecision, TracerProvider } from "@opentelemetry/sdk-trace";
import type { Sampler } from "@opentelemetry/sdk-trace";
import { ATTR_RUNLIGHT_OPERATION_KIND } from "@runlight/conventions/names";
import { expect, test } from "vitest";
import { createSignalWriter } from "../../src/pipeline/signal-writer.ts";
import { createSpanProcessor, encodeSpan } from "../../src/pipeline/span-processor.ts";
import { createRedactor } from "../../src/redaction/redactor.ts";
import { createCollectingStore } from "./collecting-store.ts";

function setUp(sampler?: Sampler) {
  const store = createCollectingStore();
  const failures: unknown[] = [];
  const redactor = createRedactor([]);
  const writer = createSignalWriter({
    signal: "traces",
    store,
    encode: (span: Parameters<typeof encodeSpan>[0]) => encodeSpan(span, redactor),
    onFailure: (error) => failures.push(error),
  });
  const tracer = new TracerProvider({
    resource: resourceFromAttributes({ "service.name": "flights" }),
    spanProcessors: [createSpanProcessor(writer)],
    ...(sampler === undefined ? {} : { sampler }),
  }).getTracer("test", "1.2.3");
  return { store, tracer, writer, failures };
}

test("createSpanProcessor() writes a span when it ends, secrets taken out everywhere", () => {
  const { store, tracer } = setUp();
  const linked = tracer.startSpan("linked", {}, ROOT_CONTEXT);
  const span = tracer.startSpan(
    "load redis://:hunter2@cache",
    {
      attributes: { "db.password": "hunter2", rows: 3 },
      links: [{ context: linked.spanContext(), attributes: { token: "t" } }],
    },
    ROOT_CONTEXT,
  );
  span.addEvent("retry", { message: "password=hunter2" });
  span.setStatus({ code: SpanStatusCode.ERROR, message: "Bearer abcdef0123456789" });
  expect(store.appended).toEqual([]);
  span.end();
  const [written] = store.appended.flatMap((request) => request.spans);
  expect(written).toMatchObject({
    name: "load redis://:[redacted]@cache",
    attributes: { "db.password": "[redacted]", rows: 3 },
    events: [{ name: "retry", attributes: { message: "password=[redacted]" } }],
    links: [{ spanId: linked.spanContext().spanId, attributes: { token: "[redacted]" } }],
    status: { code: 2, message: "Bearer [redacted]" },
    scope: { name: "test", version: "1.2.3" },
    resource: { "service.name": "flights" },
  });
  expect(written?.spanId).toBe(span.spanContext().spanId);
});

test.each([
  ["workflow", "prompt"],
  ["stage", "prompt"],
  ["pipeline", "prompt"],
  ["kernel", "batched"],
  [undefined, "batched"],
])("createSpanProcessor() writes a span of kind %s %s", (kind, urgency) => {
  const { store, tracer } = setUp();
  tracer
    .startSpan("x", kind === undefined ? {} : { attributes: { [ATTR_RUNLIGHT_OPERATION_KIND]: kind } }, ROOT_CONTEXT)
    .end();
  expect(store.appended.map((request) => request.urgency)).toEqual([urgency]);
});

test("createSpanProcessor() leaves out spans that are not sampled, recorded or not", () => {
  const recordOnly: Sampler = {
    shouldSample: () => ({ decision: SamplingDecision.RECORD }),
    toString: () => "record only",
  };
  for (const sampler of [new AlwaysOffSampler(), recordOnly]) {
    const { store, tracer } = setUp(sampler);
    tracer.startSpan("x", {}, ROOT_CONTEXT).end();
    expect(store.appended).toEqual([]);
  }
});

test("createSignalWriter() counts what cannot be encoded, tells it once and goes on", () => {
  const store = createCollectingStore();
  const told: unknown[] = [];
  const fault = new Error("no");
  const writer = createSignalWriter<string>({
    signal: "logs",
    store,
    encode(item) {
      if (item === "bad") throw fault;
      return item === "none" ? undefined : new Uint8Array();
    },
    onFailure: (error) => told.push(error),
  });
  for (const item of ["bad", "none", "good"]) writer.write(item, "batched");
  expect(writer.encodingFailures).toBe(2);
  expect(writer.handedOver).toBe(1);
  expect(told).toEqual([fault]);
  expect(store.appended.length).toBe(1);
});
