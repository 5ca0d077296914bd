import { describe, expect, test } from "vitest";
import { WireWriter } from "../src/otlp/wire-writer.ts";
import { readAccepted, readRefusal } from "../src/ship/answer.ts";
import { backoffMs, parseRetryAfter } from "../src/ship/backoff.ts";

const protobuf = "application/x-protobuf";
const json = "application/json; charset=utf-8";

describe("readAccepted()", () => {
  test("reads a partial success in both encodings, and none where there is none", () => {
    const writer = new WireWriter();
    writer.message(1, () => {
      writer.int64(1, 3);
      writer.string(2, "too old");
    });
    const told = { kind: "accepted", rejected: 3, message: "too old" };
    expect(readAccepted(Buffer.from(writer.finish()), protobuf)).toEqual(told);
    const partialSuccess = { rejectedLogRecords: "3", errorMessage: "too old" };
    expect(readAccepted(Buffer.from(JSON.stringify({ partialSuccess })), json)).toEqual(told);
    for (const body of ["", "<html>", "{}"]) {
      expect(readAccepted(Buffer.from(body), body === "{}" ? json : protobuf)).toEqual({
        kind: "accepted",
        rejected: 0,
      });
    }
  });
});

describe("readRefusal()", () => {
  test("gives the message of a status, of JSON or of text, short and on one line", () => {
    const writer = new WireWriter();
    writer.string(2, "no tenant");
    expect(readRefusal(401, Buffer.from(writer.finish()), protobuf)).toBe("HTTP 401: no tenant");
    expect(readRefusal(400, Buffer.from('{"code":3,"message":"no tenant"}'), json)).toBe("HTTP 400: no tenant");
    expect(readRefusal(400, Buffer.from('{"error":"no tenant"}'), json)).toBe("HTTP 400: no tenant");
    expect(readRefusal(404, Buffer.from("404 page\nnot\u0000 found\n"), "text/plain")).toBe(
      "HTTP 404: 404 page not found",
    );
    expect(readRefusal(500, Buffer.from("x".repeat(301)), "text/plain")).toHaveLength("HTTP 500: ".length + 300);
    expect(readRefusal(500, Buffer.alloc(0), "")).toBe("HTTP 500");
    expect(readRefusal(500, Buffer.from("{"), json)).toBe("HTTP 500");
  });
});

describe("backoffMs()", () => {
  test("doubles up to its bound, half of it by chance", () => {
    const retry = { initialDelayMs: 500, maxDelayMs: 30_000 };
    const most = (failures: number): number => backoffMs(failures, retry, () => 1);
    expect([1, 2, 3, 6, 7, 8, 1000].map(most)).toEqual([500, 1000, 2000, 16_000, 30_000, 30_000, 30_000]);
    expect(backoffMs(2, retry, () => 0)).toBe(500);
  });
});

describe("parseRetryAfter()", () => {
  test("takes seconds and dates, ten minutes at most", () => {
    const now = Date.parse("2026-01-01T00:00:00Z");
    expect(parseRetryAfter("2", now)).toBe(2000);
    expect(parseRetryAfter("600", now)).toBe(600_000);
    expect(parseRetryAfter("601", now)).toBe(600_000);
    expect(parseRetryAfter("Thu, 01 Jan 2026 00:00:05 GMT", now)).toBe(5000);
    expect(parseRetryAfter("Wed, 31 Dec 2025 23:00:00 GMT", now)).toBe(0);
    for (const header of [undefined, "", " ", "soon"]) expect(parseRetryAfter(header, now)).toBeUndefined();
  });
});
