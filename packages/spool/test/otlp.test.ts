import { resourceFromAttributes } from "@opentelemetry/resources";
import { describe, expect, test } from "vitest";
import { decodeLogs } from "../src/otlp/decode-logs.ts";
import { decodeMetrics } from "../src/otlp/decode-metrics.ts";
import { decodeFirstResource } from "../src/otlp/decode-request.ts";
import { decodeTraces } from "../src/otlp/decode-traces.ts";
import { encodeLogs } from "../src/otlp/encode-logs.ts";
import { encodeTraces } from "../src/otlp/encode-traces.ts";
import { joinRequest, resourceMessage, splitRequest, splitResourceMessage } from "../src/otlp/envelope.ts";
import { WireReader } from "../src/otlp/wire-reader.ts";
import { WireWriter } from "../src/otlp/wire-writer.ts";
import { logRequest, metricRequest, spanRequest } from "./support/telemetry.ts";

const flights = {
  attributes: { "service.name": "flights", "service.version": "1.2.3", "process.pid": 4711, "host.name": "größe" },
  schemaUrl: "https://opentelemetry.io/schemas/1.45.0",
};

describe("decodeTraces()", () => {
  test("reads everything the official serializer writes of a span", async () => {
    const [span, root] = decodeTraces(await spanRequest());
    expect(span).toEqual({
      scope: { name: "@runlight/core", version: "0.1.0", schemaUrl: "https://example.org/schema" },
      traceId: "0af7651916cd43dd8448eb211c80319c",
      spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
      parentSpanId: "b7ad6b7169203331",
      name: "stage load",
      kind: 3,
      startTimeUnixNano: 1_700_000_000_123_000_000n,
      endTimeUnixNano: 1_700_000_001_623_000_000n,
      attributes: {
        text: "ä€𝄞",
        yes: true,
        count: 42,
        negative: -7,
        ratio: 0.25,
        big: 2n ** 60n,
        list: ["a", "b"],
        numbers: [1, 2.5],
      },
      droppedAttributesCount: 0,
      events: [
        {
          timeUnixNano: 1_700_000_000_128_000_000n,
          name: "retry",
          attributes: { attempt: 2 },
          droppedAttributesCount: 0,
        },
      ],
      droppedEventsCount: 0,
      links: [
        {
          traceId: "0af7651916cd43dd8448eb211c80319c",
          spanId: "00f067aa0ba902b7",
          attributes: { "link.kind": "cause" },
          droppedAttributesCount: 0,
          flags: 257,
        },
      ],
      droppedLinksCount: 0,
      status: { code: 2, message: "no such file" },
      flags: 769,
    });
    expect(root).toMatchObject({ scope: { name: "plain" }, name: "root", kind: 1, status: { code: 0 } });
    expect(root?.parentSpanId).toBeUndefined();
  });

  test("refuses bytes that are no request", () => {
    expect(() => decodeTraces(new Uint8Array([10, 200, 1, 3]))).toThrow(SyntaxError);
    expect(() => decodeTraces(new Uint8Array([7]))).toThrow(
      "Cannot decode OTLP: the bytes must be a protobuf message, a field has number 0",
    );
    expect(decodeTraces(new Uint8Array(0))).toEqual([]);
  });
});

describe("decodeLogs()", () => {
  test("reads everything the official serializer writes of a record", async () => {
    const [first, second] = decodeLogs(await logRequest("gelesen"));
    expect(first).toEqual({
      scope: { name: "@runlight/core", version: "0.1.0" },
      timeUnixNano: 1_700_000_000_123_000_000n,
      observedTimeUnixNano: expect.any(BigInt),
      severityNumber: 9,
      severityText: "INFO",
      body: "gelesen",
      attributes: { level: { bytes: new Uint8Array([0, 255, 7]), list: [1, "two", [true, null]], none: null } },
      droppedAttributesCount: 0,
      flags: 1,
      traceId: "0af7651916cd43dd8448eb211c80319c",
      spanId: "b7ad6b7169203331",
      eventName: "stage.started",
    });
    expect(second).toMatchObject({
      observedTimeUnixNano: 1_700_000_000_125_000_000n,
      severityNumber: 0,
      body: { a: 1, b: [2.5] },
    });
  });

  test("takes a name that objects use themselves", () => {
    const [record] = decodeLogs(encodeLogs({ attributes: {} }, [logRecord({ ["__proto__"]: "x", constructor: "y" })]));
    expect(Object.keys(record?.attributes ?? {})).toEqual(["__proto__", "constructor"]);
    expect(record?.attributes["constructor"]).toBe("y");
  });

  test("refuses values that nest deeper than 64", () => {
    const nest = (depth: number): unknown => (depth === 0 ? "deep" : [nest(depth - 1)]);
    expect(decodeLogs(encodeLogs({ attributes: {} }, [{ ...logRecord({}), body: nest(64) }]))).toHaveLength(1);
    expect(() => decodeLogs(encodeLogs({ attributes: {} }, [{ ...logRecord({}), body: nest(65) }]))).toThrow(
      "values nest deeper than 64",
    );
  });
});

describe("decodeMetrics()", () => {
  test("reads every kind of metric the official serializer writes", async () => {
    const order = ["rows", "open", "load", "duration", "exponential"];
    const metrics = decodeMetrics(await metricRequest()).toSorted(
      (a, b) => order.indexOf(a.name) - order.indexOf(b.name),
    );
    const times = { startTimeUnixNano: expect.any(BigInt), timeUnixNano: expect.any(BigInt), flags: 0 };
    const scope = { name: "@runlight/host", version: "0.1.0" };
    const empty = { description: "", unit: "" };
    const temporality = "cumulative";
    expect(metrics).toEqual([
      {
        scope,
        name: "rows",
        description: "Rows read",
        unit: "{row}",
        type: "sum",
        temporality,
        monotonic: true,
        points: [{ ...times, attributes: { month: "2001-01" }, value: 3 }],
      },
      {
        scope,
        name: "open",
        ...empty,
        type: "sum",
        temporality,
        monotonic: false,
        points: [{ ...times, attributes: {}, value: -2 }],
      },
      { scope, name: "load", ...empty, type: "gauge", points: [{ ...times, attributes: { cpu: "0" }, value: 0.5 }] },
      {
        scope,
        name: "duration",
        description: "",
        unit: "s",
        type: "histogram",
        temporality,
        points: [
          {
            ...times,
            attributes: {},
            count: 4,
            sum: 55.55,
            min: 0.05,
            max: 50,
            bucketCounts: [1, 1, 1, 1],
            explicitBounds: [0.1, 1, 10],
          },
        ],
      },
      {
        scope,
        name: "exponential",
        ...empty,
        type: "exponentialHistogram",
        temporality,
        points: [
          {
            ...times,
            attributes: {},
            count: 3,
            sum: 1003,
            min: 1,
            max: 1000,
            scale: 3,
            zeroCount: 0,
            positive: expect.any(Object),
            negative: { offset: 0, bucketCounts: [] },
          },
        ],
      },
    ]);
    const point = metrics[4]?.type === "exponentialHistogram" ? metrics[4].points[0] : undefined;
    expect(point?.positive.bucketCounts.reduce((sum, count) => sum + count, 0)).toBe(3);
    expect(point?.positive.offset).toBe(-1);
  });
});

describe("encodeTraces(), encodeLogs()", () => {
  test("give the bytes of the official serializers", async () => {
    const spans = await spanRequest();
    expect(Buffer.from(encodeTraces(flights, decodeTraces(spans))).equals(spans)).toBe(true);
    const logs = await logRequest();
    expect(Buffer.from(encodeLogs(flights, decodeLogs(logs))).equals(logs)).toBe(true);
    expect(decodeFirstResource(spans)).toEqual(flights.attributes);
  });

  test("keep integers of all sizes exact", () => {
    const attributes = {
      small: 1,
      safe: Number.MAX_SAFE_INTEGER,
      low: -(2n ** 63n),
      high: 2n ** 63n - 1n,
      negative: -1,
      huge: 1e300,
      none: Number.NaN,
    };
    const [record] = decodeLogs(encodeLogs({ attributes: {} }, [logRecord(attributes)]));
    expect(record?.attributes).toEqual(attributes);
  });
});

describe("splitRequest()", () => {
  test("and joinRequest() give back the bytes of the official serializers", async () => {
    const noSchema = resourceFromAttributes({ "service.name": "a" });
    const longName = "x".repeat(20_000);
    const requests = [
      await spanRequest(),
      await spanRequest(longName, noSchema),
      await logRequest(),
      await metricRequest(),
      await metricRequest(noSchema),
    ];
    for (const request of requests) {
      const envelope = splitRequest(request);
      if (envelope === undefined) throw new Error("not split");
      const { resource, schema } = splitResourceMessage(resourceMessage(envelope));
      expect(joinRequest(resource, [envelope.scopes], schema).equals(request)).toBe(true);
    }
  });

  test("leaves the resource out of what it calls scopes", async () => {
    const envelope = splitRequest(await logRequest());
    expect(Buffer.from(envelope?.scopes ?? []).includes("flights")).toBe(false);
    expect(Buffer.from(envelope?.resource ?? []).includes("flights")).toBe(true);
  });

  test("joins several requests of one resource into one that holds them all", async () => {
    const [one, two] = [splitRequest(await logRequest("one")), splitRequest(await logRequest("two"))];
    if (one === undefined || two === undefined) throw new Error("not split");
    const joined = joinRequest(one.resource, [one.scopes, two.scopes], one.schema);
    expect(decodeLogs(joined).map((record) => record.body)).toEqual([
      "one",
      { a: 1, b: [2.5] },
      "two",
      { a: 1, b: [2.5] },
    ]);
  });

  test("refuses what it could not put together again as it was", async () => {
    const request = await logRequest();
    const padded = Buffer.concat([Buffer.from([10, 0x80 | (request.length & 0x7f), 0x80, 0]), request]);
    const swapped = new WireWriter();
    swapped.message(1, () => {
      swapped.message(2, () => swapped.string(3, "schema"));
      swapped.message(1, () => swapped.uint(2, 0));
    });
    const foreign = new WireWriter();
    foreign.message(1, () => foreign.uint(1000, 1));
    const two = Buffer.concat([request, request]);
    for (const bytes of [
      two,
      padded,
      swapped.finish(),
      foreign.finish(),
      Buffer.from("no protobuf"),
      new Uint8Array(0),
    ]) {
      expect(splitRequest(bytes)).toBeUndefined();
    }
  });
});

describe("WireReader", () => {
  test("refuses a varint of more than ten bytes and a field beyond its message", () => {
    const long = new WireReader(Buffer.from([8, ...Array.from({ length: 11 }, () => 0x80), 1]));
    long.next();
    expect(() => long.int64()).toThrow("longer than ten bytes");
    const short = new WireReader(Buffer.from([10, 5, 1]));
    short.next();
    expect(() => short.bytes()).toThrow("a field is longer than its message");
  });
});

function logRecord(attributes: Record<string, unknown>) {
  return {
    scope: { name: "test" },
    timeUnixNano: 1n,
    observedTimeUnixNano: 2n,
    severityNumber: 0,
    attributes,
    droppedAttributesCount: 0,
    flags: 0,
  };
}
