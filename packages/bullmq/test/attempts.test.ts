import { context } from "@opentelemetry/api";
import { createApiSink, setOperationSink } from "@runlight/core";
import { describe, expect, test } from "vitest";
import { maxRememberedJobs, recallNextAttempt, rememberNextAttempt } from "../src/telemetry/attempt-memory.ts";
import { maxMetadataLength, metadataIn, withMetadata } from "../src/telemetry/job-context.ts";
import { attemptMetadata } from "../src/worker/attempt-carrier.ts";
import type { ObservableJob } from "../src/worker/attempt-carrier.ts";

const traceparent = `00-${"a".repeat(32)}-${"b".repeat(16)}-01`;

const job = (facts: Partial<ObservableJob>): ObservableJob => ({
  id: "7",
  queueName: "paint",
  timestamp: Date.parse("2026-11-22T14:00:00.000Z"),
  attemptsMade: 0,
  attemptsStarted: 1,
  opts: { telemetry: { metadata: JSON.stringify({ traceparent, "runlight-queued-at": "2026-11-22T13:59:59.999Z" }) } },
  ...facts,
});

const carrierOf = (facts: Partial<ObservableJob>): unknown => JSON.parse(attemptMetadata(job(facts)) ?? "null");

describe("attemptMetadata()", () => {
  test("counts a first attempt's time from when the job was due", () => {
    const due = "2026-11-22T14:00:05.000Z";
    const { telemetry } = job({}).opts;
    expect(carrierOf({ opts: { delay: 5000, ...(telemetry === undefined ? {} : { telemetry }) } })).toEqual({
      traceparent,
      "runlight-queued-at": due,
      "runlight-attempt": "1",
      "runlight-observed": "1",
    });
  });

  test("numbers a job whose worker died, and tells no time that nobody knows", () => {
    expect(carrierOf({ attemptsStarted: 2 })).toEqual({
      traceparent,
      "runlight-attempt": "2",
      "runlight-observed": "1",
    });
  });

  test("gives a stranger's job a number and a time, and leaves alone what is no carrier", () => {
    expect(carrierOf({ opts: {} })).toEqual({
      "runlight-queued-at": "2026-11-22T14:00:00.000Z",
      "runlight-attempt": "1",
      "runlight-observed": "1",
    });
    for (const metadata of ["no json", "[]", "7", "null"])
      expect(attemptMetadata(job({ opts: { telemetry: { metadata } } }))).toBeUndefined();
  });

  test("takes what was remembered of the attempt before, once", () => {
    rememberNextAttempt("paint", "7", { traceparent, "runlight-previous": "p" });
    const facts = { attemptsMade: 1, attemptsStarted: 2 };
    expect(carrierOf(facts)).toMatchObject({ "runlight-previous": "p", "runlight-attempt": "2" });
    expect(carrierOf(facts)).not.toHaveProperty("runlight-previous");
  });

  test("survives a time that is none", () => {
    expect(carrierOf({ timestamp: Number.NaN })).toMatchObject({ "runlight-attempt": "1" });
    expect(carrierOf({ timestamp: 9e15 })).toMatchObject({ "runlight-attempt": "1" });
  });
});

describe("rememberNextAttempt()", () => {
  test("forgets the oldest job beyond its bound, and no other, and counts that", () => {
    const counted: unknown[] = [];
    setOperationSink({ ...createApiSink(), count: (...told) => void counted.push(told) });
    for (let id = 0; id < maxRememberedJobs; id += 1) rememberNextAttempt("q", String(id), { id: String(id) });
    expect(counted).toEqual([]);
    rememberNextAttempt("q", String(maxRememberedJobs), {});
    expect(counted).toEqual([["runlight.queue.carrier.faults", 1, { "runlight.carrier.fault": "size" }]]);
    setOperationSink(undefined);
    expect(recallNextAttempt("q", "0")).toBeUndefined();
    expect(recallNextAttempt("q", "1")).toEqual({ id: "1" });
    for (let id = 2; id <= maxRememberedJobs; id += 1) recallNextAttempt("q", String(id));
  });

  test("keeps queues and jobs apart", () => {
    rememberNextAttempt("a", "b:c", { of: "a" });
    expect(recallNextAttempt("a:b", "c")).toBeUndefined();
    expect(recallNextAttempt("a", "b:c")).toEqual({ of: "a" });
  });
});

describe("withMetadata()", () => {
  test("reads metadata up to its bound and nothing beyond", () => {
    const padded = (length: number): string => '{"a":"b"}'.padEnd(length);
    expect(metadataIn(withMetadata(context.active(), padded(maxMetadataLength)))).toEqual({ a: "b" });
    expect(metadataIn(withMetadata(context.active(), padded(maxMetadataLength + 1)))).toBe("{");
  });
});
