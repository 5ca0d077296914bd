import { ROOT_CONTEXT, TraceFlags, trace } from "@opentelemetry/api";
import { suppressTracing } from "@opentelemetry/core";
import { AlwaysOffSampler, AlwaysOnSampler, ParentBasedSampler } from "@opentelemetry/sdk-trace";
import type { Sampler } from "@opentelemetry/sdk-trace";
import { EVENT_DATA_QUALITY_CHECK } from "@runlight/conventions/names";
import type { OperationStart } from "@runlight/core";
import { ItemWriter } from "@runlight/spool";
import { expect, test } from "vitest";
import { createFastSink } from "../../src/fast-lane/fast-sink.ts";
import { Lane } from "../../src/fast-lane/lane.ts";
import { createRedactor } from "../../src/redaction/redactor.ts";
import type { Redactor } from "../../src/redaction/redactor.ts";

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
  const failures: unknown[] = [];
  const laneOf = (): Lane => {
    const writer = new ItemWriter(64);
    const batch = { writer, commit: () => false, rollback: () => void (writer.position = 0) };
    return new Lane(batch, { written() {}, failed: (error) => failures.push(error) });
  };
  const lanes = { traces: laneOf(), logs: laneOf() };
  const limits = { attributeValueLengthLimit: Number.POSITIVE_INFINITY, attributeCountLimit: 128 };
  const sink = createFastSink({
    ...lanes,
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
  return { ...lanes, sink, failures };
}

test("createFastSink() takes what cannot be encoded back, counts it, and tells the first", () => {
  const broken = { ...createRedactor([]), text: () => fail(), attributes: () => fail() };
  const { sink, traces, logs, failures } = setUp(followsParent, broken);
  for (let count = 0; count < 3; count += 1) sink.open(start, ROOT_CONTEXT).close(end);
  sink.emit(
    { eventName: EVENT_DATA_QUALITY_CHECK, severity: "INFO", timeMs: 1, attributes: {}, body: "checked" },
    ROOT_CONTEXT,
  );
  expect([traces.encodingFailures, traces.handedOver, traces.writer.position]).toEqual([3, 0, 0]);
  expect([logs.encodingFailures, logs.handedOver, logs.writer.position]).toEqual([1, 0, 0]);
  expect(failures).toEqual([new Error("broken"), new Error("broken")]);
});

test("createFastSink() keeps a record whole whose values emit records themselves", () => {
  const { sink, logs, failures } = setUp();
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
  expect(logs.writer.bytes.subarray(0, logs.writer.position).includes("from within")).toBe(false);
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

function fail(): never {
  throw new Error("broken");
}
