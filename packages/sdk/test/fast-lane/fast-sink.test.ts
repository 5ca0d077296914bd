import { ROOT_CONTEXT, TraceFlags, trace } from "@opentelemetry/api";
import { suppressTracing } from "@opentelemetry/core";
import { AlwaysOffSampler, AlwaysOnSampler, ParentBasedSampler } from "@opentelemetry/sdk-trace";
import type { Sampler } from "@opentelemetry/sdk-trace";
import { EVENT_DATA_QUALITY_CHECK } from "@runlight/conventions/names";
import type { OperationStart } from "@runlight/core";
import { decodeLogs, decodeTraces } from "@runlight/spool";
import { expect, test } from "vitest";
import { createFastSink } from "../../src/fast-lane/fast-sink.ts";
import { createRedactor } from "../../src/redaction/redactor.ts";
import type { Redactor } from "../../src/redaction/redactor.ts";
import { openLanes } from "./open-lanes.ts";

const followsParent = new ParentBasedSampler({ root: new AlwaysOnSampler() });
const start: OperationStart = {
  kind: "kernel",
  name: "convolve",
  run: undefined,
  isRoot: false,
  startTimeMs: 1.79e12,
  attributes: { rows: 3 },
  links: [],
  spanKind: undefined,
  record: undefined,
};
const end = {
  outcome: "success",
  endTimeMs: 1.79e12 + 1,
  attributes: {},
  statusMessage: undefined,
  record: undefined,
} as const;

function setUp(sampler: Sampler = followsParent, redactor: Redactor = createRedactor([])) {
  const lanes = openLanes();
  const limits = { attributeValueLengthLimit: Number.POSITIVE_INFINITY, attributeCountLimit: 128 };
  const sink = createFastSink({
    traces: lanes.traces,
    logs: lanes.logs,
    metrics: undefined,
    sampler,
    spanLimits: {
      ...limits,
      eventCountLimit: 128,
      linkCountLimit: 128,
      attributePerEventCountLimit: 128,
      attributePerLinkCountLimit: 128,
    },
    logRecordLimits: limits,
    redactor,
    seen() {},
  });
  return { ...lanes, sink };
}

test("createFastSink() takes what cannot be encoded back, counts it, and tells the first", () => {
  const broken = { ...createRedactor([]), text: () => fail(), attributes: () => fail() };
  const { sink, traces, logs, failures, frames } = setUp(followsParent, broken);
  for (let count = 0; count < 3; count += 1) sink.open(start, ROOT_CONTEXT).close(end);
  sink.emit(
    { eventName: EVENT_DATA_QUALITY_CHECK, severity: "INFO", timeMs: 1, attributes: {}, body: "checked" },
    ROOT_CONTEXT,
  );
  expect([traces.encodingFailures, traces.handedOver]).toEqual([3, 0]);
  expect([logs.encodingFailures, logs.handedOver]).toEqual([1, 0]);
  expect(frames()).toEqual([]);
  expect(failures).toEqual([new Error("broken"), new Error("broken")]);
});

test("createFastSink() keeps a record whole whose values emit records themselves", () => {
  const { sink, logs, failures, frames } = setUp();
  const record = { eventName: EVENT_DATA_QUALITY_CHECK, severity: "INFO", timeMs: 1, attributes: {} } as const;
  const body = {
    get rows() {
      sink.emit({ ...record, body: "from within" }, ROOT_CONTEXT);
      return 3;
    },
  };
  sink.emit({ ...record, body }, ROOT_CONTEXT);
  expect(logs.handedOver).toBe(1);
  expect(logs.encodingFailures).toBeGreaterThan(0);
  expect(
    frames()
      .flatMap(({ bytes }) => decodeLogs(bytes))
      .map(({ body }) => body),
  ).toEqual([{ rows: 3 }]);
  expect(failures).toEqual([]);
});

test.each([
  ["an unsampled parent", followsParent, TraceFlags.NONE, false],
  ["a sampled parent", followsParent, TraceFlags.SAMPLED, true],
  ["a sampler that takes none", new AlwaysOffSampler(), TraceFlags.SAMPLED, false],
  ["a sampler that takes all", new AlwaysOnSampler(), TraceFlags.NONE, true],
])("createFastSink() with %s", (_, sampler, traceFlags, isSampled) => {
  const { sink, traces } = setUp(sampler);
  const parent = { traceId: "1".repeat(32), spanId: "2".repeat(16), traceFlags };
  const open = sink.open(start, trace.setSpanContext(ROOT_CONTEXT, parent));
  expect(open.spanContext()).toMatchObject({ traceId: parent.traceId, traceFlags: Number(isSampled) });
  expect(trace.getSpan(open.context)?.isRecording()).toBe(isSampled);
  open.close(end);
  expect(traces.handedOver).toBe(Number(isSampled));
});

test("createFastSink() makes no span where tracing is suppressed", () => {
  const { sink, traces } = setUp();
  const open = sink.open(start, suppressTracing(ROOT_CONTEXT));
  open.close(end);
  expect(open.spanContext().spanId).toBe("0".repeat(16));
  expect(traces.handedOver).toBe(0);
});

/** The same object for all: items that share it are written like one another. */
const shared = { "workflow.execution.id": "20261122_142501-7f3a9c1e", "runlight.operation.name": "convolve" };

test("createFastSink() keeps records apart whose first attributes are the same", () => {
  const { sink, frames } = setUp();
  const shapes = [
    { rows: 1, kept: 1 },
    { rows: 2, lost: 1 },
    { rows: 2, kept: 1 },
    { rows: 3, kept: 1, lost: 1 },
    { rows: 3, kept: 1 },
    { rows: 400, kept: "all" },
    { rows: 0.5, kept: "none" },
  ];
  const all = [...shapes, ...shapes, ...shapes.toReversed(), ...shapes].map((own) => ({ ...shared, ...own }));
  for (const attributes of all) {
    const { "workflow.execution.id": _, "runlight.operation.name": __, ...own } = attributes;
    const timeMs = 1.79e12;
    const record = { eventName: EVENT_DATA_QUALITY_CHECK, severity: "INFO", timeMs, attributes, shared, own } as const;
    sink.emit({ ...record, body: `${own.rows} rows` }, ROOT_CONTEXT);
  }
  const records = frames().flatMap(({ bytes }) => decodeLogs(bytes));
  expect(records.map(({ body, attributes }) => ({ body, attributes }))).toEqual(
    all.map((attributes) => ({ body: `${attributes.rows} rows`, attributes })),
  );
});

test("createFastSink() tells the parents of spans apart that are alike", () => {
  const { sink, frames } = setUp();
  const parents = [1, 3, 1, 1, 3, 3].map((traceFlags, index) => ({
    traceId: "1".repeat(32),
    spanId: String(index + 1).repeat(16),
    traceFlags,
    isRemote: index % 2 === 0,
  }));
  for (const parent of parents) {
    const context = trace.setSpanContext(ROOT_CONTEXT, parent);
    sink.open({ ...start, shared, own: { rows: 3 } }, context).close(end);
  }
  const spans = frames().flatMap(({ bytes }) => decodeTraces(bytes));
  expect(spans.map(({ parentSpanId, flags }) => ({ parentSpanId, flags }))).toEqual(
    parents.map(({ spanId, isRemote }) => ({ parentSpanId: spanId, flags: isRemote ? 0x301 : 0x101 })),
  );
});

function fail(): never {
  throw new Error("broken");
}
