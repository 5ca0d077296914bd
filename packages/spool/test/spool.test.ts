import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { listSpools } from "../src/directory/listing.ts";
import { headerBytes } from "../src/frame/codec.ts";
import { describeProcess } from "../src/process/identity.ts";
import { readFrames } from "../src/segment/read-frames.ts";
import { defaultBounds } from "../src/spool/default-bounds.ts";
import { openSpool } from "../src/spool/open-spool.ts";
import { SpoolUnusableError } from "../src/spool/spool-fault.ts";
import { spoolWritten } from "../src/spool/written.ts";
import type { SpoolWritten } from "../src/spool/written.ts";
import { bodiesIn, logOf, openTestSpool, temporaryRoot } from "./support/spools.ts";
import { logRequest, metricRequest, resource, spanRequest } from "./support/telemetry.ts";
import { until } from "./support/until.ts";

const prompt = { urgency: "prompt", records: 1 } as const;
const batched = { urgency: "batched", records: 1 } as const;

describe("openSpool()", () => {
  test("names the directory by start and process and says who writes", () => {
    const root = temporaryRoot();
    const spool = openTestSpool(root);
    expect(basename(spool.directory)).toMatch(new RegExp(`^\\d{8}_\\d{6}-${process.pid}-[0-9a-f]{6}$`));
    const identity = JSON.parse(readFileSync(join(spool.directory, "process.json"), "utf8"));
    expect(identity).toMatchObject({ pid: process.pid, serviceName: "test" });
    expect(readdirSync(spool.directory).filter((name) => name.startsWith("life."))).toEqual(["life.running"]);
    expect(readdirSync(root)).toEqual([basename(spool.directory)]);
  });

  test("refuses a root that is a file, with the system's code", () => {
    const root = join(temporaryRoot(), "file");
    writeFileSync(root, "");
    const open = (): unknown => openSpool({ root, bounds: defaultBounds, identity: describeProcess("test") });
    expect(open).toThrow(SpoolUnusableError);
    expect(open).toThrow(
      `Cannot open a spool: ${root} must be a directory that can be written, the system answered EEXIST`,
    );
  });
});

describe("append()", () => {
  test("keeps the bytes of the official serializers of all three signals, in order", async () => {
    const spool = openTestSpool(temporaryRoot());
    const requests = { traces: await spanRequest(), metrics: await metricRequest(), logs: await logRequest() };
    for (const signal of ["traces", "metrics", "logs"] as const)
      spool.append(signal, requests[signal], { urgency: "batched", records: 2 });
    spool.flush();
    const frames = [...readFrames(spool.directory)];
    expect(frames.map((frame) => frame.signal)).toEqual(["traces", "metrics", "logs"]);
    for (const frame of frames) {
      expect(Buffer.compare(frame.bytes, requests[frame.signal])).toBe(0);
      expect(frame.resource).toEqual(resource.attributes);
      expect(frame.records).toBe(2);
    }
    expect(frames[0]?.resource).toBe(frames[1]?.resource);
  });

  test("writes the resource once a segment", async () => {
    const spool = openTestSpool(temporaryRoot());
    for (let count = 0; count < 5; count += 1) spool.append("logs", await logRequest(), batched);
    spool.flush();
    const bytes = readFileSync(join(spool.directory, "000001.otlp"));
    expect(bytes.indexOf("flights")).toBe(bytes.lastIndexOf("flights"));
  });

  test("keeps the resources of several providers apart", () => {
    const spool = openTestSpool(temporaryRoot());
    for (const service of ["a", "b", "a"]) spool.append("logs", logOf(1, service), batched);
    spool.flush();
    expect([...readFrames(spool.directory)].map((frame) => frame.resource["service.name"])).toEqual(["a", "b", "a"]);
  });

  test("keeps a request whole that is not made like those of the serializers", () => {
    const spool = openTestSpool(temporaryRoot());
    const two = Buffer.concat([logOf(1, "a"), logOf(2, "b")]);
    spool.append("logs", two, batched);
    spool.append("logs", new Uint8Array([1, 2, 3]), batched);
    spool.flush();
    const frames = [...readFrames(spool.directory)];
    expect(frames.map((frame) => Buffer.from(frame.bytes))).toEqual([two, Buffer.from([1, 2, 3])]);
    expect(frames.map((frame) => frame.resource)).toEqual([{ "service.name": "a" }, {}]);
  });

  test("has a prompt request in the file when it returns, and those before it", () => {
    const spool = openTestSpool(temporaryRoot());
    expect(spool.append("logs", logOf("batched"), batched)).toBe(true);
    expect(bodiesIn(spool.directory)).toEqual([]);
    expect(spool.append("logs", logOf("prompt"), prompt)).toBe(true);
    expect(bodiesIn(spool.directory)).toEqual(["batched", "prompt"]);
  });

  test("has a prompt request in the file at the end of the turn when one came just before, and within 10 ms the next one", () => {
    vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout", "setImmediate", "clearImmediate"] });
    onTestFinished(() => void vi.useRealTimers());
    const spool = openTestSpool(temporaryRoot());
    for (const number of [1, 2, 3]) spool.append("logs", logOf(number), prompt);
    expect(bodiesIn(spool.directory)).toEqual([1]);
    vi.advanceTimersByTime(0);
    expect(bodiesIn(spool.directory)).toEqual([1, 2, 3]);
    spool.append("logs", logOf(4), prompt);
    vi.advanceTimersByTime(9);
    expect(bodiesIn(spool.directory)).toEqual([1, 2, 3]);
    vi.advanceTimersByTime(1);
    expect(bodiesIn(spool.directory)).toEqual([1, 2, 3, 4]);
  });

  test("makes no more than two writes in 10 ms of prompt requests, one a turn of the event loop", async () => {
    const spool = openTestSpool(temporaryRoot());
    let writes = 0;
    const count = (message: unknown): void => {
      if ((message as SpoolWritten).directory === spool.directory) writes += 1;
    };
    spoolWritten.subscribe(count);
    onTestFinished(() => {
      spoolWritten.unsubscribe(count);
    });
    const start = performance.now();
    for (let number = 0; number < 2000; number += 1) {
      spool.append("logs", logOf(number), prompt);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(writes).toBeLessThanOrEqual(2 + (2 * (performance.now() - start)) / 10);
    spool.flush();
    expect(bodiesIn(spool.directory)).toHaveLength(2000);
  });

  test("looks at what waits on every call, though no timer runs", () => {
    const spool = openTestSpool(temporaryRoot());
    spool.append("logs", logOf(1), prompt);
    spool.append("logs", logOf(2), prompt);
    block(11);
    spool.append("logs", logOf(3), batched);
    expect(bodiesIn(spool.directory)).toEqual([1, 2, 3]);
    spool.append("logs", logOf(4), batched);
    block(101);
    spool.append("logs", logOf(5), batched);
    expect(bodiesIn(spool.directory)).toEqual([1, 2, 3, 4, 5]);
  });

  test("writes batched requests at 64 KiB, not before", () => {
    const spool = openTestSpool(temporaryRoot());
    const request = logOf("x".repeat(1000));
    let count = 0;
    while (spool.statistics().written.logs === 0) {
      const { bufferedBytes } = spool.statistics();
      expect(bufferedBytes).toBeLessThan(64 * 1024);
      spool.append("logs", request, batched);
      count += 1;
    }
    expect(spool.statistics()).toMatchObject({ written: { logs: count }, bufferedBytes: 0 });
  });

  test("writes batched requests after 100 ms of idleness", async () => {
    const spool = openTestSpool(temporaryRoot());
    spool.append("logs", logOf(1), batched);
    await until(() => bodiesIn(spool.directory).length === 1);
  });

  test("begins a new segment where the next frame would pass the bound", () => {
    const spool = openTestSpool(temporaryRoot(), { maxSegmentBytes: 4096 });
    for (let index = 0; index < 100; index += 1) spool.append("logs", logOf([index, "x".repeat(200)]), batched);
    spool.flush();
    const segments = readdirSync(spool.directory).filter((name) => name.endsWith(".otlp"));
    expect(segments.length).toBeGreaterThan(5);
    for (const name of segments) expect(statSync(join(spool.directory, name)).size).toBeLessThanOrEqual(4096);
    expect(bodiesIn(spool.directory).map((body) => (body as unknown[])[0])).toEqual(
      Array.from({ length: 100 }, (_, index) => index),
    );
    expect(spool.statistics().sizeBytes).toBe(listSpools(join(spool.directory, ".."))[0]?.sizeBytes);
  });

  test("takes a request that is as large as the buffer and refuses one byte more", () => {
    const spool = openTestSpool(temporaryRoot(), { maxBufferBytes: 100_000 + headerBytes });
    const sized = (size: number): Uint8Array => Buffer.alloc(size, 7);
    expect(spool.append("logs", sized(100_000), prompt)).toBe(true);
    expect(spool.append("logs", sized(100_001), prompt)).toBe(false);
    expect(spool.statistics()).toMatchObject({ written: { logs: 1 }, dropped: { logs: { oversized: 1 } } });
  });
});

describe("close()", () => {
  test("writes what waits, ends the life and drops what comes later", () => {
    const root = temporaryRoot();
    const spool = openTestSpool(root);
    spool.append("logs", logOf(1), batched);
    spool.close("ended");
    expect(bodiesIn(spool.directory)).toEqual([1]);
    expect(listSpools(root)).toMatchObject([{ directory: spool.directory, life: "ended" }]);
    expect(spool.append("traces", logOf(2), { urgency: "prompt", records: 3 })).toBe(false);
    expect(spool.statistics().dropped).toEqual({ traces: { closed: 3 }, metrics: {}, logs: {} });
    spool.close("ended");
    spool.flush();
  });
});

describe("append() with fsync", () => {
  test("forces prompt requests to the disk and works as without", () => {
    const spool = openTestSpool(temporaryRoot(), { fsync: true });
    spool.append("logs", logOf(1), batched);
    spool.append("logs", logOf(2), prompt);
    expect(bodiesIn(spool.directory)).toEqual([1, 2]);
    expect(spool.statistics()).toMatchObject({ failures: 0, written: { logs: 2 } });
  });
});

describe("append() into a directory that was removed", () => {
  test("makes it anew and loses nothing that comes later", () => {
    const root = temporaryRoot();
    const spool = openTestSpool(root);
    spool.append("logs", logOf("gone"), prompt);
    rmSync(root, { recursive: true });
    spool.append("logs", logOf("kept"), batched);
    spool.flush();
    expect(bodiesIn(spool.directory)).toEqual(["kept"]);
    expect(listSpools(root)).toMatchObject([{ directory: spool.directory, life: "running" }]);
    expect(existsSync(join(spool.directory, "process.json"))).toBe(true);
  });

  test("looks again 100 ms after the last look, without a flush", () => {
    vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout", "setImmediate", "clearImmediate"] });
    onTestFinished(() => void vi.useRealTimers());
    const root = temporaryRoot();
    const spool = openTestSpool(root);
    spool.append("logs", logOf("gone"), prompt);
    vi.advanceTimersByTime(10);
    spool.append("logs", logOf("gone, too"), prompt);
    expect(bodiesIn(spool.directory)).toEqual(["gone", "gone, too"]);
    rmSync(root, { recursive: true });
    vi.advanceTimersByTime(100);
    spool.append("logs", logOf("kept"), prompt);
    expect(bodiesIn(spool.directory)).toEqual(["kept"]);
  });
});

function block(durationMs: number): void {
  const end = performance.now() + durationMs;
  while (performance.now() < end);
}
