import { ROOT_CONTEXT, SpanStatusCode, TraceFlags, trace } from "@opentelemetry/api";
import type { Attributes, HrTime, Link, SpanContext } from "@opentelemetry/api";
import { TraceState, millisToHrTime } from "@opentelemetry/core";
import { ProtobufLogsSerializer, ProtobufTraceSerializer } from "@opentelemetry/otlp-transformer";
import { LoggerProvider } from "@opentelemetry/sdk-logs";
import type { ReadableLogRecord } from "@opentelemetry/sdk-logs";
import { TracerProvider } from "@opentelemetry/sdk-trace";
import type { ReadableSpan } from "@opentelemetry/sdk-trace";
import { operationScope } from "@runlight/core";
import type { OperationEnd, OperationStart } from "@runlight/core";
import type { Frame } from "@runlight/spool";
import { expect, test } from "vitest";
import { createFastSink } from "../../src/fast-lane/fast-sink.ts";
import { FastSpan } from "../../src/fast-lane/fast-span.ts";
import { redactLogRecord } from "../../src/redaction/redact-log-record.ts";
import { redactSpan } from "../../src/redaction/redact-span.ts";
import { createRedactor } from "../../src/redaction/redactor.ts";
import { generator } from "./generator.ts";
import type { Generator } from "./generator.ts";
import { openLanes, resource } from "./open-lanes.ts";

const redactor = createRedactor(["*.confidential"]);
const limits = {
  attributeValueLengthLimit: 60,
  attributeCountLimit: 12,
  eventCountLimit: 3,
  linkCountLimit: 2,
  attributePerEventCountLimit: 3,
  attributePerLinkCountLimit: 2,
};
const wide = { ...limits, attributeValueLengthLimit: Number.POSITIVE_INFINITY, attributeCountLimit: 128 };

/** Items between two writes: so many may be like one another. */
const itemsOfFrame = 250;

/** Holds each frame to what the official serializer makes of the same items. */
function expectSame<T>(
  frames: readonly Frame[],
  items: readonly T[],
  serialize: (items: T[]) => Uint8Array | undefined,
) {
  let first = 0;
  for (const { records, bytes } of frames) {
    const official = serialize(items.slice(first, first + records));
    if (Buffer.compare(bytes, official ?? Buffer.alloc(0)) !== 0)
      expect({ first, bytes: Buffer.from(bytes).toString("latin1") }).toEqual({
        first,
        bytes: Buffer.from(official ?? []).toString("latin1"),
      });
    first += records;
  }
  expect(first).toBe(items.length);
}

function setUp(spanLimits: typeof limits) {
  const lanes = openLanes();
  const ids = { traceId: "", spanId: "" };
  const spans: ReadableSpan[] = [];
  const records: ReadableLogRecord[] = [];
  const provider = new TracerProvider({
    resource,
    spanLimits,
    idGenerator: { generateSpanId: () => ids.spanId, generateTraceId: () => ids.traceId },
    spanProcessors: [
      {
        onStart() {},
        onEnd: (span) => void spans.push(span),
        forceFlush: () => Promise.resolve(),
        shutdown: () => Promise.resolve(),
      },
    ],
  });
  const logger = new LoggerProvider({
    resource,
    logRecordLimits: spanLimits,
    processors: [
      {
        onEmit: (record) => void records.push(record),
        forceFlush: () => Promise.resolve(),
        shutdown: () => Promise.resolve(),
      },
    ],
  }).getLogger(operationScope.name, operationScope.version);
  const sink = createFastSink({
    traces: lanes.traces,
    logs: lanes.logs,
    metrics: undefined,
    sampler: { shouldSample: () => ({ decision: 2 }), toString: () => "all" },
    spanLimits,
    logRecordLimits: spanLimits,
    redactor,
    seen() {},
  });
  const tracer = provider.getTracer(operationScope.name, operationScope.version);
  return { lanes, sink, tracer, logger, ids, spans, records };
}

function parentOf(make: Generator): SpanContext | undefined {
  if (make.chance(0.4)) return undefined;
  return {
    traceId: make.hex(32),
    spanId: make.hex(16),
    traceFlags: TraceFlags.SAMPLED,
    ...(make.chance(0.3) ? { isRemote: true } : {}),
    ...(make.chance(0.3) ? { traceState: new TraceState(`a=${make.hex(4)},b=2`) } : {}),
  };
}

function linkOf(make: Generator): Link {
  const context = parentOf(make) ?? { traceId: make.hex(32), spanId: make.hex(16), traceFlags: TraceFlags.NONE };
  return { context, ...(make.chance(0.7) ? { attributes: make.attributes(5) } : {}) };
}

/** What is done to both spans in between. */
function actionsOf(
  make: Generator,
): readonly ((span: FastSpan | ReturnType<ReturnType<typeof setUp>["tracer"]["startSpan"]>) => unknown)[] {
  if (make.chance(0.5)) return [];
  return Array.from({ length: make.integer(8) }, () => {
    const kind = make.integer(8);
    const name = make.text();
    const attributes: Attributes = make.attributes(6);
    const link = linkOf(make);
    const time: HrTime = millisToHrTime(1.79e12 + make.integer(1000));
    const actions = [
      (span) => span.setAttributes(attributes),
      (span) => span.setAttribute(name, attributes),
      (span) => span.addEvent(name, attributes, time),
      (span) => span.addLink(link),
      (span) => span.addLinks([link, link, link]),
      (span) => span.setStatus({ code: make.chance(0.5) ? SpanStatusCode.ERROR : SpanStatusCode.OK, message: name }),
      (span) => span.updateName(name),
      (span) => span.recordException(Object.assign(new Error(name), { stack: "at x" }), time),
    ] as const satisfies readonly ((span: ReturnType<ReturnType<typeof setUp>["tracer"]["startSpan"]>) => unknown)[];
    const status = { code: make.chance(0.5) ? SpanStatusCode.ERROR : SpanStatusCode.OK, message: name };
    return kind === 5 ? (span) => span.setStatus(status) : (actions[kind] as never);
  });
}

/** Operations with the same shared attributes have the same name; what is their own often has the same keys. */
interface Place {
  readonly name: string;
  readonly shared: Attributes | undefined;
  readonly own: Attributes;
  readonly ended: Attributes;
}

/** Attributes as operations give them: most of them in two parts, of which items have the first in common. */
function partsOf(
  make: Generator,
  places: readonly Place[],
): Pick<OperationStart, "attributes" | "name" | "own" | "shared"> & Pick<Place, "ended"> {
  const ended = make.attributes(5);
  if (make.chance(0.2))
    return { name: make.text(), shared: undefined, own: undefined, attributes: make.attributes(16), ended };
  const place = places[make.integer(places.length)] as Place;
  const { name, shared } = place;
  const own = make.chance(0.3) ? make.attributes(8) : make.like(place.own);
  return {
    name,
    shared,
    own,
    attributes: { ...shared, ...own },
    ended: make.chance(0.3) ? ended : make.like(place.ended),
  };
}

function placesOf(make: Generator): readonly Place[] {
  return Array.from({ length: 8 }, () => ({
    name: make.text(),
    shared: make.attributes(9),
    own: make.attributes(4),
    ended: make.attributes(3),
  }));
}

test.each([
  ["narrow", limits],
  ["usual", wide],
])("encodeSpan() writes generated spans to the bytes of the official serializer, %s limits", (_, spanLimits) => {
  const { lanes, sink, tracer, ids, spans } = setUp(spanLimits);
  const places = placesOf(generator(4711));
  for (let seed = 1; seed <= 1500; seed += 1) {
    const make = generator(seed);
    const above = parentOf(make);
    const parent = above === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, above);
    const startTimeMs = 1.79e12 + make.number(1e6);
    const { ended, ...parts } = partsOf(make, places);
    const start: OperationStart = {
      kind: "kernel",
      ...parts,
      run: undefined,
      isRoot: false,
      startTimeMs,
      links: make.chance(0.3) ? Array.from({ length: make.integer(4) }, () => linkOf(make)) : [],
      spanKind: make.chance(0.3) ? make.integer(5) : undefined,
      record: undefined,
    };
    const end: OperationEnd = {
      outcome: "success",
      endTimeMs: startTimeMs + make.number(1000) - 10,
      attributes: ended,
      statusMessage: make.chance(0.3) ? make.text() : undefined,
      record: undefined,
    };
    const actions = actionsOf(make);
    const open = sink.open(start, parent);
    const fast = trace.getSpan(open.context) as FastSpan;
    expect(fast).toBeInstanceOf(FastSpan);
    Object.assign(ids, fast.spanContext());
    const stock = tracer.startSpan(
      `kernel ${start.name}`,
      {
        attributes: start.attributes,
        startTime: startTimeMs,
        links: [...start.links],
        ...(start.spanKind === undefined ? {} : { kind: start.spanKind }),
      },
      parent,
    );
    for (const action of actions) {
      action(stock);
      action(fast);
    }
    stock.setAttributes(end.attributes);
    if (end.statusMessage !== undefined) stock.setStatus({ code: SpanStatusCode.ERROR, message: end.statusMessage });
    stock.end(end.endTimeMs);
    open.close(end);
    if (seed % itemsOfFrame === 0) lanes.flush();
  }
  expect(lanes.failures).toEqual([]);
  expectSame(
    lanes.frames(),
    spans.map((span) => redactSpan(span, redactor)),
    (items) => ProtobufTraceSerializer.serializeRequest(items),
  );
});

test.each([
  ["narrow", limits],
  ["usual", wide],
])("encodeLog() writes generated records to the bytes of the official serializer, %s limits", (_, recordLimits) => {
  const { lanes, sink, logger, records } = setUp(recordLimits);
  const places = placesOf(generator(4711));
  for (let seed = 1; seed <= 1500; seed += 1) {
    const make = generator(seed);
    const above = parentOf(make);
    const context = above === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, above);
    const timeMs = 1.79e12 + make.number(1e6);
    const body = make.chance(0.7) ? make.text() : make.chance(0.5) ? make.map(3) : undefined;
    const { attributes, shared, own } = partsOf(make, places);
    sink.emit(
      {
        eventName: "runlight.stage.started" as never,
        severity: "WARN",
        timeMs,
        attributes,
        shared,
        own,
        ...(body === undefined ? {} : { body }),
      },
      context,
    );
    logger.emit({
      eventName: "runlight.stage.started",
      severityNumber: 13,
      severityText: "WARN",
      timestamp: timeMs,
      observedTimestamp: timeMs,
      attributes,
      context,
      ...(body === undefined ? {} : { body }),
    });
    if (seed % itemsOfFrame === 0) lanes.flush();
  }
  expect(lanes.failures).toEqual([]);
  expectSame(
    lanes.frames(),
    records.map((record) => redactLogRecord(record, redactor)),
    (items) => ProtobufLogsSerializer.serializeRequest(items),
  );
});
