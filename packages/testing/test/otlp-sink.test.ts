import { request } from "node:https";
import type { RequestOptions } from "node:https";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { decodeOtlpRequest } from "../src/otlp/decode.ts";
import { requestTypes, responseType } from "../src/otlp/definitions.ts";
import { createCertificate } from "../src/sink/certificate.ts";
import { startOtlpSink } from "../src/sink/otlp-sink.ts";
import type { OtlpSink } from "../src/sink/otlp-sink.ts";

const traceId = "0af7651916cd43dd8448eb211c80319c";
const spanId = "b7ad6b7169203331";
const resource = { attributes: [{ key: "service.name", value: { stringValue: "flights" } }] };
const scope = { name: "probe", version: "1" };

function tracesJson(name: string): object {
  const span = {
    traceId,
    spanId,
    parentSpanId: "",
    name,
    kind: 1,
    startTimeUnixNano: "1700000000000000001",
    endTimeUnixNano: "1700000000000000002",
    attributes: [{ key: "rows", value: { intValue: "3" } }],
    status: { code: 2, message: "broken" },
  };
  return { resourceSpans: [{ resource, scopeSpans: [{ scope, spans: [span] }] }] };
}

function logsProtobuf(body: string): Uint8Array {
  const record = {
    timeUnixNano: "1700000000000000003",
    observedTimeUnixNano: "1700000000000000004",
    severityNumber: 17,
    severityText: "ERROR",
    eventName: "stage.failed",
    traceId: Buffer.from(traceId, "hex"),
    spanId: Buffer.from(spanId, "hex"),
    body: { stringValue: body },
    attributes: [
      { key: "flag", value: { boolValue: false } },
      { key: "ratio", value: { doubleValue: 0.5 } },
      { key: "big", value: { intValue: "9007199254740993" } },
      {
        key: "nested",
        value: { kvlistValue: { values: [{ key: "list", value: { arrayValue: { values: [{ intValue: 1 }, {}] } } }] } },
      },
    ],
  };
  const type = requestTypes.logs;
  return type
    .encode(type.fromObject({ resourceLogs: [{ resource, scopeLogs: [{ scope, logRecords: [record] }] }] }))
    .finish();
}

function post(
  sink: OtlpSink,
  path: string,
  body: Uint8Array | string,
  headers: Record<string, string>,
): Promise<Response> {
  return fetch(`${sink.url}${path}`, { method: "POST", body: Buffer.from(body), headers });
}

function postSpan(sink: OtlpSink, name = "load"): Promise<Response> {
  return post(sink, "/v1/traces", JSON.stringify(tracesJson(name)), { "content-type": "application/json" });
}

describe("startOtlpSink()", () => {
  test("startOtlpSink() decodes spans sent as JSON", async () => {
    await using sink = await startOtlpSink();
    const response = await postSpan(sink);
    expect([response.status, await response.text()]).toEqual([200, "{}"]);
    expect(sink.spans).toEqual([
      {
        traceId,
        spanId,
        parentSpanId: "",
        traceState: "",
        name: "load",
        kind: 1,
        startTimeUnixNano: 1700000000000000001n,
        endTimeUnixNano: 1700000000000000002n,
        attributes: { rows: 3 },
        events: [],
        links: [],
        status: { code: 2, message: "broken" },
        flags: 0,
        droppedAttributesCount: 0,
        droppedEventsCount: 0,
        droppedLinksCount: 0,
        scope: { name: "probe", version: "1", attributes: {} },
        resource: { "service.name": "flights" },
      },
    ]);
  });

  test("startOtlpSink() decodes log records sent as gzipped protobuf", async () => {
    await using sink = await startOtlpSink();
    const headers = { "content-type": "application/x-protobuf", "content-encoding": "gzip", "x-key": "k" };
    const response = await post(sink, "/v1/logs", gzipSync(logsProtobuf("no disk")), headers);
    expect(response.status).toBe(200);
    expect(sink.logRecords).toEqual([
      {
        eventName: "stage.failed",
        severityNumber: 17,
        severityText: "ERROR",
        body: "no disk",
        attributes: { flag: false, ratio: 0.5, big: 9007199254740993n, nested: { list: [1, null] } },
        droppedAttributesCount: 0,
        traceId,
        spanId,
        flags: 0,
        timeUnixNano: 1700000000000000003n,
        observedTimeUnixNano: 1700000000000000004n,
        scope: { name: "probe", version: "1", attributes: {} },
        resource: { "service.name": "flights" },
      },
    ]);
    const [request] = sink.requests;
    expect([request?.compression, request?.encoding, request?.headers["x-key"], request?.status]).toEqual([
      "gzip",
      "protobuf",
      "k",
      200,
    ]);
  });

  test("startOtlpSink() keeps refused requests and takes their items for not received", async () => {
    await using sink = await startOtlpSink();
    sink.respond({ status: 503, headers: { "retry-after": "7" } });
    const response = await postSpan(sink);
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "7"]);
    expect([sink.spans.length, sink.requests.length, sink.requests[0]?.spans[0]?.name]).toEqual([0, 1, "load"]);
  });

  test("respond() decides per request and can tell a partial success", async () => {
    await using sink = await startOtlpSink();
    sink.respond((request) => ({
      status: 200,
      partialSuccess: { rejected: request.logRecords.length, errorMessage: "too old" },
    }));
    const response = await post(sink, "/v1/logs", logsProtobuf("late"), { "content-type": "application/x-protobuf" });
    const answer = responseType.decode(Buffer.from(await response.arrayBuffer()));
    expect(responseType.toObject(answer, { longs: Number })).toEqual({
      partialSuccess: { rejected: 1, errorMessage: "too old" },
    });
  });

  test("hang() reads and does not answer until respond()", async () => {
    await using sink = await startOtlpSink();
    sink.hang();
    const unanswered = postSpan(sink, "first").catch((error: unknown) => error);
    await sink.waitFor(() => sink.requests.length === 1);
    expect([sink.requests[0]?.status, sink.spans.length]).toEqual([undefined, 0]);
    sink.respond(200);
    await postSpan(sink, "second");
    expect(sink.spans.map((span) => span.name)).toEqual(["second"]);
    await sink.stop();
    expect(await unanswered).toBeInstanceOf(TypeError);
  });

  test("restart() listens on the same port and keeps what was received", async () => {
    await using sink = await startOtlpSink();
    const { port } = sink;
    await postSpan(sink, "before");
    await sink.stop();
    await expect(postSpan(sink)).rejects.toThrow("fetch failed");
    await sink.restart();
    await postSpan(sink, "after");
    expect([sink.port, sink.spans.map((span) => span.name)]).toEqual([port, ["before", "after"]]);
  });

  test("waitFor() rejects in time and tells what was received", async () => {
    await using sink = await startOtlpSink();
    await postSpan(sink);
    await expect(sink.waitFor(() => sink.spans.length > 1, 20)).rejects.toThrow(
      "Nothing received within 20 ms that satisfies () => sink.spans.length > 1; received: 1 spans, 0 log records, 0 metric points; /v1/traces 200",
    );
  });

  test("startOtlpSink() refuses what is not OTLP", async () => {
    await using sink = await startOtlpSink();
    const json = { "content-type": "application/json" };
    const statuses = [
      await post(sink, "/v1/unknown", "{}", json),
      await post(sink, "/v1/traces", "{}", { "content-type": "text/plain" }),
      await post(sink, "/v1/traces", "{", json),
      await post(sink, "/v1/logs", new Uint8Array([0xff]), { "content-type": "application/x-protobuf" }),
      await fetch(`${sink.url}/v1/traces`),
    ].map((response) => response.status);
    expect(statuses).toEqual([404, 415, 400, 400, 405]);
    expect(sink.refused.map((request) => request.status)).toEqual(statuses);
  });

  test("startOtlpSink() takes a body of maxBodyBytes and refuses one byte more, unpacked too", async () => {
    const body = JSON.stringify(tracesJson("load"));
    await using sink = await startOtlpSink({ maxBodyBytes: body.length });
    const json = { "content-type": "application/json" };
    const gzip = { ...json, "content-encoding": "gzip" };
    const statuses = [
      await post(sink, "/v1/traces", body, json),
      await post(sink, "/v1/traces", `${body} `, json),
      await post(sink, "/v1/traces", gzipSync(body), gzip),
      await post(sink, "/v1/traces", gzipSync(`${body} `), gzip),
    ].map((response) => response.status);
    expect(statuses).toEqual([200, 413, 200, 400]);
  });

  test("startOtlpSink() keeps maxRequests and counts the next as refused", async () => {
    await using sink = await startOtlpSink({ maxRequests: 2 });
    const statuses = [await postSpan(sink), await postSpan(sink), await postSpan(sink)].map(
      (response) => response.status,
    );
    expect([statuses, sink.requests.length, sink.refused.length]).toEqual([[200, 200, 507], 2, 1]);
  });
});

describe("startOtlpSink() with TLS", () => {
  function requestOver(sink: OtlpSink, options: RequestOptions): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      const headers = { "content-type": "application/json" };
      const client = request(`${sink.url}/v1/traces`, { method: "POST", headers, ...options }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      client.once("error", reject);
      client.end(JSON.stringify(tracesJson("load")));
    });
  }

  test("startOtlpSink() serves HTTPS to whoever trusts its certificate", async () => {
    const tls = createCertificate("sink");
    await using sink = await startOtlpSink({ tls });
    expect(await requestOver(sink, { ca: tls.certificate })).toBe(200);
    await expect(requestOver(sink, {})).rejects.toThrow("self-signed certificate");
    expect([sink.url.startsWith("https://127.0.0.1:"), sink.spans.length]).toEqual([true, 1]);
  });

  test("startOtlpSink() with a client certificate refuses clients without it", async () => {
    const tls = createCertificate("sink");
    const client = createCertificate("client");
    await using sink = await startOtlpSink({ tls: { ...tls, clientCertificate: client.certificate } });
    const known = { ca: tls.certificate, key: client.key, cert: client.certificate };
    const stranger = createCertificate("stranger");
    expect(await requestOver(sink, known)).toBe(200);
    await expect(requestOver(sink, { ca: tls.certificate })).rejects.toThrow(
      /certificate required|ECONNRESET|EPIPE|socket/,
    );
    const unknown = { ca: tls.certificate, key: stranger.key, cert: stranger.certificate };
    await expect(requestOver(sink, unknown)).rejects.toThrow(/alert|ECONNRESET|EPIPE|socket/);
    expect(sink.spans.length).toBe(1);
  });
});

describe("decodeOtlpRequest()", () => {
  test("decodeOtlpRequest() flattens every kind of metric", () => {
    const point = {
      startTimeUnixNano: "1",
      timeUnixNano: "2",
      attributes: [{ key: "a", value: { stringValue: "b" } }],
    };
    const metrics = [
      { name: "g", unit: "1", gauge: { dataPoints: [{ ...point, asDouble: 0 }] } },
      { name: "s", sum: { aggregationTemporality: 2, isMonotonic: true, dataPoints: [{ ...point, asInt: "-4" }] } },
      {
        name: "h",
        histogram: {
          aggregationTemporality: 1,
          dataPoints: [
            { ...point, count: "3", sum: 6.5, min: 1, max: 4, bucketCounts: ["1", "2"], explicitBounds: [2] },
          ],
        },
      },
      {
        name: "e",
        exponentialHistogram: {
          dataPoints: [
            { ...point, count: "1", scale: -3, zeroCount: "1", positive: { offset: -2, bucketCounts: ["5"] } },
          ],
        },
      },
      {
        name: "q",
        summary: { dataPoints: [{ ...point, count: "1", sum: 2, quantileValues: [{ quantile: 0.5, value: 9 }] }] },
      },
    ];
    const request = { resourceMetrics: [{ resource, scopeMetrics: [{ scope, metrics }] }] };
    const type = requestTypes.metrics;
    const fromProtobuf = decodeOtlpRequest("metrics", type.encode(type.fromObject(request)).finish()).metricPoints;
    const fromJson = decodeOtlpRequest("metrics", Buffer.from(JSON.stringify(request)), "json").metricPoints;
    expect(fromProtobuf).toEqual(fromJson);
    expect(
      fromProtobuf.map(({ name, kind, temporality, monotonic, value, count, sum }) => [
        name,
        kind,
        temporality,
        monotonic,
        value,
        count,
        sum,
      ]),
    ).toEqual([
      ["g", "gauge", "unspecified", false, 0, undefined, undefined],
      ["s", "sum", "cumulative", true, -4, undefined, undefined],
      ["h", "histogram", "delta", false, undefined, 3, 6.5],
      ["e", "exponential_histogram", "unspecified", false, undefined, 1, undefined],
      ["q", "summary", "unspecified", false, undefined, 1, 2],
    ]);
    expect([
      fromProtobuf[2]?.bucketCounts,
      fromProtobuf[2]?.explicitBounds,
      fromProtobuf[2]?.min,
      fromProtobuf[2]?.max,
    ]).toEqual([[1, 2], [2], 1, 4]);
    expect(fromProtobuf[3]?.exponential).toEqual({
      scale: -3,
      zeroCount: 1,
      positive: { offset: -2, bucketCounts: [5] },
      negative: { offset: 0, bucketCounts: [] },
    });
    expect(fromProtobuf[4]?.quantiles).toEqual([{ quantile: 0.5, value: 9 }]);
    expect(fromProtobuf[0]?.attributes).toEqual({ a: "b" });
  });
});
