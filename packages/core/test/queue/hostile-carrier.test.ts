import { propagation } from "@opentelemetry/api";
import { describe, expect, test } from "vitest";
import { pipeline } from "../../src/operation/kinds.ts";
import { formatBaggage, maxBaggageEntries, maxBaggageLength, parseBaggage } from "../../src/queue/baggage-header.ts";
import { maxTraceStateLength } from "../../src/queue/queue-carrier.ts";
import { maxAttempt, maxQueueTimeMs, maxTraceparentLength, readCarrier } from "../../src/queue/read-carrier.ts";
import { createRecordingSink } from "../recording-sink.ts";
import type { RecordingSink } from "../recording-sink.ts";

const traceparent = `00-${"a".repeat(32)}-${"b".repeat(16)}-01`;
const span = { traceId: "a".repeat(32), spanId: "b".repeat(16), traceFlags: 1, isRemote: true };

const faultsOf = ({ counts }: RecordingSink): unknown[] =>
  counts
    .filter(({ metric }) => metric === "runlight.queue.carrier.faults")
    .map(({ value, attributes }) => [attributes["runlight.carrier.fault"], value]);

const throwing = Object.defineProperty({}, "traceparent", {
  enumerable: true,
  get() {
    throw new Error("gotcha");
  },
});

const endless = new Proxy(
  {},
  {
    get() {
      throw new Error("trap");
    },
    getOwnPropertyDescriptor() {
      throw new Error("trap");
    },
  },
);

describe("pipeline.take()", () => {
  test.for<readonly [string, unknown, readonly unknown[]]>([
    ["nothing", undefined, []],
    ["null", null, []],
    ["an empty object", {}, []],
    ["a number", 7, [["type", 1]]],
    ["text", traceparent, [["type", 1]]],
    ["a function", () => undefined, [["type", 1]]],
    ["a list", [traceparent], []],
    [
      "parts of other types",
      { traceparent: 7, baggage: {}, "runlight-attempt": 2 },
      [
        ["type", 1],
        ["type", 1],
        ["type", 1],
      ],
    ],
    ["getters that throw", throwing, [["type", 1]]],
    ["a proxy that throws", endless, Array.from({ length: 7 }, () => ["type", 1])],
    ["parts of a prototype", Object.create({ traceparent }), []],
    ["a traceparent of no span", { traceparent: `00-${"0".repeat(32)}-${"b".repeat(16)}-01` }, [["format", 1]]],
    ["a traceparent of version ff", { traceparent: traceparent.replace("00", "ff") }, [["format", 1]]],
    ["a traceparent with a tail", { traceparent: `${traceparent}-x` }, [["format", 1]]],
    ["a megabyte of traceparent", { traceparent: "a".repeat(1_000_000) }, [["size", 1]]],
    ["a megabyte of baggage", { baggage: "a=b,".repeat(250_000) }, [["size", 1]]],
    ["baggage that is none", { baggage: "=,;;,%zz=1,a=%E0%A4%A,b=%00" }, [["format", 4]]],
    ["a time that is none", { "runlight-queued-at": "yesterday" }, [["format", 1]]],
    ["a time before computers", { "runlight-queued-at": "0001-01-01T00:00:00.000Z" }, [["format", 1]]],
    ["an attempt below one", { "runlight-attempt": "0" }, [["format", 1]]],
    ["a name that cannot be decoded", { "runlight-pipeline": "%" }, [["format", 1]]],
  ])("%s for a carrier leaves the job as it is, and is counted", ([, carrier, faults]) => {
    using sink = createRecordingSink();
    expect(pipeline.take(carrier, (_operation, { queueSeconds }) => queueSeconds)).toBe(undefined);
    expect(sink.closed).toEqual(["pipeline unnamed success"]);
    expect(sink.started[0]?.links).toEqual([]);
    expect(faultsOf(sink)).toEqual(faults);
  });

  test("believes no run id that is not of our form", () => {
    using sink = createRecordingSink();
    pipeline.take({ traceparent, baggage: "workflow.execution.id=boss,tenant=a%20b" }, () => undefined);
    expect(sink.started[0]?.attributes["workflow.execution.id"]).toBeUndefined();
    const baggage = propagation.getBaggage(sink.parents[0]!);
    expect(baggage?.getEntry("tenant")?.value).toBe("a b");
  });

  test("ignores an attempt that is no number of one", () => {
    using sink = createRecordingSink();
    for (const attempt of [0, -1, 1.5, Number.NaN, maxAttempt + 1])
      pipeline.take({ "runlight-attempt": "2" }, { attempt }, () => undefined);
    expect(sink.started.map(({ attributes }) => attributes["runlight.operation.attempt"])).toEqual(Array(5).fill(2));
  });
});

describe("readCarrier()", () => {
  test("reads every part up to its bound and none beyond", () => {
    using sink = createRecordingSink();
    const longTraceparent = (length: number): string => `01${traceparent.slice(2)}-`.padEnd(length, "x");
    expect(readCarrier({ traceparent: longTraceparent(maxTraceparentLength) }).producer).toEqual(span);
    const state = (length: number): string => "k=".padEnd(length, "v");
    expect(readCarrier({ traceparent, tracestate: state(258) }).producer?.traceState?.get("k")).toBe("v".repeat(256));
    expect(readCarrier({ "runlight-attempt": String(maxAttempt) }).attempt).toBe(maxAttempt);
    const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();
    expect(readCarrier({ "runlight-queued-at": ago(maxQueueTimeMs - 60_000) }).queuedAtMs).toBeGreaterThan(0);
    const full = `a=${"b".repeat(maxBaggageLength - 2)}`;
    expect(readCarrier({ baggage: full }).baggage?.getEntry("a")?.value).toHaveLength(maxBaggageLength - 2);
    expect(faultsOf(sink)).toEqual([]);
    expect(readCarrier({ traceparent: longTraceparent(maxTraceparentLength + 1) }).producer).toBeUndefined();
    expect(readCarrier({ traceparent, tracestate: state(maxTraceStateLength + 1) }).producer).toEqual(span);
    expect(readCarrier({ "runlight-attempt": String(maxAttempt + 1) }).attempt).toBeUndefined();
    expect(readCarrier({ "runlight-queued-at": ago(maxQueueTimeMs + 60_000) }).queuedAtMs).toBeUndefined();
    expect(readCarrier({ baggage: `${full}b` }).baggage).toBeUndefined();
    expect(faultsOf(sink)).toEqual([
      ["size", 1],
      ["size", 1],
      ["format", 1],
      ["format", 1],
      ["size", 1],
    ]);
  });

  test("takes a time not yet come for now, as clocks differ", () => {
    const { queuedAtMs = 0 } = readCarrier({ "runlight-queued-at": new Date(Date.now() + 3_600_000).toISOString() });
    expect(Math.abs(queuedAtMs - Date.now())).toBeLessThan(10_000);
  });
});

describe("formatBaggage()", () => {
  const baggageOf = (count: number, value: string) =>
    propagation.createBaggage(
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`k${String(index).padStart(2, "0")}`, { value }]),
      ),
    );

  test("keeps 64 entries and leaves out the 65th, but never the run", () => {
    expect(formatBaggage(baggageOf(maxBaggageEntries, "v")).leftOut).toBe(0);
    const run = { value: "20261122_142501-7f3a9c1e" };
    const { text, leftOut } = formatBaggage(baggageOf(maxBaggageEntries, "v").setEntry("workflow.execution.id", run));
    expect(leftOut).toBe(1);
    expect(text.startsWith(`workflow.execution.id=${run.value},k00=v`)).toBe(true);
  });

  test("keeps 8,192 characters and leaves out the entry that would be one more", () => {
    const entry = (length: number) => propagation.createBaggage({ k: { value: "v".repeat(length) } });
    expect(formatBaggage(entry(maxBaggageLength - 2))).toMatchObject({ leftOut: 0 });
    expect(formatBaggage(entry(maxBaggageLength - 1))).toEqual({ text: "", leftOut: 1 });
  });

  test("is read back as it was, whatever the values hold", () => {
    const values = { plain: "a", space: "a b", list: "a,b;c=d", letters: "é✓😀", half: "\uD800" };
    const { text } = formatBaggage(
      propagation.createBaggage(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]))),
    );
    const { baggage, leftOut } = parseBaggage(text);
    expect(leftOut).toBe(0);
    const read = Object.fromEntries(baggage.getAllEntries().map(([name, { value }]) => [name, value]));
    expect(read).toEqual({ ...values, half: "\uFFFD" });
  });

  test("is read up to 64 members", () => {
    const members = (count: number): string => Array.from({ length: count }, (_, index) => `k${index}=v`).join(",");
    expect(parseBaggage(members(maxBaggageEntries)).leftOut).toBe(0);
    expect(parseBaggage(members(maxBaggageEntries + 1)).leftOut).toBe(1);
  });
});
