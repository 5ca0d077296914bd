import { existsSync } from "node:fs";
import type { Shipper } from "@runlight/spool";
import { describe, expect, test } from "vitest";
import { WireWriter } from "../src/otlp/wire-writer.ts";
import { startReceiverThread } from "./support/receiver-thread.ts";
import { startReceiver } from "./support/receiver.ts";
import { numbersIn, setUp, shipped } from "./support/shippers.ts";
import { logOf } from "./support/spools.ts";
import { logRequest, metricRequest, spanRequest } from "./support/telemetry.ts";
import { until } from "./support/until.ts";

const prompt = { urgency: "prompt", records: 1 } as const;
const batched = { urgency: "batched", records: 1 } as const;

describe("startShipper()", () => {
  test("sends what the official serializers made, joined or not, byte for byte", async () => {
    const { spool, shipper, receiver } = await setUp();
    const requests = { traces: await spanRequest(), metrics: await metricRequest(), logs: await logRequest() };
    for (const signal of ["traces", "metrics", "logs"] as const) spool.append(signal, requests[signal], prompt);
    spool.flush();
    expect(await shipper.drain(60_000)).toBe(true);
    for (const signal of ["traces", "metrics", "logs"] as const) {
      expect(receiver.accepted(signal).map((arrival) => Buffer.compare(arrival.bytes, requests[signal]))).toEqual([0]);
    }
    expect(shipper.statistics()).toEqual({ traces: shipped(1), metrics: shipped(1), logs: shipped(1) });
  });

  test("joins frames to requests of about two mebibytes and keeps their order", async () => {
    const { spool, shipper, receiver } = await setUp();
    for (let index = 0; index < 6000; index += 1) spool.append("logs", logOf([index, "x".repeat(1000)]), batched);
    spool.flush();
    expect(await shipper.drain(60_000)).toBe(true);
    const accepted = receiver.accepted("logs");
    expect(numbersIn(accepted)).toEqual(Array.from({ length: 6000 }, (_, index) => index));
    const large = accepted.filter((arrival) => arrival.bytes.length > 1_900_000);
    expect(large.length).toBeGreaterThanOrEqual(2);
    expect(Math.max(...accepted.map((arrival) => arrival.bytes.length))).toBeLessThanOrEqual(2 * 1024 * 1024);
  });

  test("sends one request after the other while there is more than one takes", async () => {
    const { spool, receiver } = await setUp({ lingerMs: 60_000, beginWithinMs: 100 });
    for (let index = 0; index < 4000; index += 1) spool.append("logs", logOf([index, "x".repeat(1000)]), batched);
    spool.flush();
    await until(() => numbersIn(receiver.accepted("logs")).length === 4000);
    expect(receiver.accepted("logs").length).toBe(3);
  });

  test("sends a frame of eight mebibytes alone", async () => {
    const { spool, shipper, receiver } = await setUp();
    spool.append("logs", logOf("small"), batched);
    spool.append("logs", logOf("x".repeat(8 * 1024 * 1024 - 1000)), batched);
    spool.flush();
    expect(await shipper.drain(60_000)).toBe(true);
    expect(receiver.accepted("logs").map((arrival) => arrival.bytes.length > 8_000_000)).toEqual([false, true]);
  });

  test("starts no thread before it is needed, and keeps account meanwhile", async () => {
    const { spool, shipper, receiver } = await setUp({ beginWithinMs: 60_000 });
    spool.append("logs", logOf("kept"), prompt);
    await expect.poll(() => shipper.statistics().logs.pendingBytes).toBeGreaterThan(0);
    expect(receiver.accepted("logs")).toEqual([]);
    shipper.begin();
    expect(await shipper.drain(60_000)).toBe(true);
    expect(receiver.accepted("logs").length).toBe(1);
  });

  test.each([
    { by: "a drain", beginWithinMs: 60_000, wait: (shipper: Shipper) => shipper.drain(60_000) },
    {
      by: "its bound",
      beginWithinMs: 20,
      wait: (shipper: Shipper) => until(() => shipper.statistics().logs.shipped === 1),
    },
  ])("is started by $by", async ({ beginWithinMs, wait }) => {
    const { spool, shipper, receiver } = await setUp({ beginWithinMs });
    spool.append("logs", logOf("kept"), prompt);
    await wait(shipper);
    expect(receiver.accepted("logs").length).toBe(1);
  });

  test("sends headers, and gzip or not", async () => {
    const receiver = await startReceiver();
    const headers = { authorization: "Bearer abc", "x-scope-orgid": "lab" };
    const endpoints = {
      logs: receiver.endpoint("logs", { headers, compression: "none" }),
      traces: receiver.endpoint("traces", { headers }),
    };
    const { spool, shipper } = await setUp({ endpoints }, receiver);
    spool.append("logs", logOf(1), prompt);
    spool.append("traces", await spanRequest(), prompt);
    spool.flush();
    expect(await shipper.drain(60_000)).toBe(true);
    expect(receiver.accepted("logs")[0]?.headers).toMatchObject({
      ...headers,
      "content-type": "application/x-protobuf",
    });
    expect(receiver.accepted("logs")[0]?.headers["content-encoding"]).toBeUndefined();
    expect(receiver.accepted("traces")[0]?.headers).toMatchObject({ ...headers, "content-encoding": "gzip" });
  });

  test("leaves a signal without endpoint on disk", async () => {
    const receiver = await startReceiver();
    const { spool, shipper } = await setUp({ endpoints: { logs: receiver.endpoint("logs") } }, receiver);
    spool.append("metrics", await metricRequest(), prompt);
    spool.append("logs", logOf(1), prompt);
    spool.flush();
    expect(await shipper.drain(60_000)).toBe(true);
    expect(receiver.arrivals.map((arrival) => arrival.signal)).toEqual(["logs"]);
    expect(shipper.statistics().metrics).toEqual(shipped(0));
  });

  test("sends across segments while the spool rotates", async () => {
    const { spool, shipper, receiver } = await setUp({}, undefined, { maxSegmentBytes: 20_000 });
    for (let index = 0; index < 500; index += 1) {
      spool.append("logs", logOf([index, "x".repeat(300)]), index % 50 === 0 ? prompt : batched);
      if (index % 100 === 0) await until(() => numbersIn(receiver.accepted("logs")).length > 0);
    }
    spool.flush();
    expect(await shipper.drain(60_000)).toBe(true);
    expect(existsSync(`${spool.directory}/000005.otlp`)).toBe(true);
    expect(numbersIn(receiver.accepted("logs"))).toEqual(Array.from({ length: 500 }, (_, index) => index));
  });

  test("sends what a call or a timer wrote, without notify() and at once after it", async () => {
    const { spool, shipper, receiver } = await setUp({ pollIntervalMs: 60_000 });
    spool.append("logs", logOf([1]), batched);
    await until(() => receiver.accepted("logs").length === 1);
    const slow = await setUp({ pollIntervalMs: 60_000 });
    await slow.shipper.drain(60_000);
    slow.spool.append("logs", logOf([2]), prompt);
    slow.shipper.notify();
    await until(() => slow.receiver.accepted("logs").length === 1);
    expect(shipper.statistics().logs).toEqual(shipped(1));
  });

  test("sends at once what comes after a silence, and ever fewer requests where little comes", async () => {
    const lingerMs = 40;
    const { spool, receiver } = await setUp({ pollIntervalMs: 60_000, lingerMs });
    spool.append("logs", logOf([0]), prompt);
    await until(() => receiver.accepted("logs").length === 1);
    const start = performance.now();
    for (let number = 1; performance.now() - start < 1000; number += 1) {
      spool.append("logs", logOf([number]), prompt);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(receiver.accepted("logs").length).toBeGreaterThan(1);
    expect(receiver.accepted("logs").length).toBeLessThanOrEqual(3 + (performance.now() - start) / (4 * lingerMs));
  });

  test("sends while the main thread is blocked", async () => {
    // The receiver needs a thread of its own, for this one is the one that is blocked.
    const receiver = await startReceiverThread();
    const endpoint = {
      url: `http://127.0.0.1:${receiver.port}/v1/logs`,
      headers: {},
      timeoutMs: 60_000,
      compression: "gzip",
      tls: {},
    } as const;
    const { spool, shipper } = await setUp({ endpoints: { logs: endpoint } });
    spool.append("logs", logOf([1]), prompt);
    expect(await shipper.drain(60_000)).toBe(true);
    spool.append("logs", logOf([2]), prompt);
    spool.flush();
    const end = performance.now() + 60_000;
    // Nothing but synchronous code from here on: only the other thread can have sent it.
    while (shipper.statistics().logs.shipped < 2 && performance.now() < end);
    expect(shipper.statistics().logs.shipped).toBe(2);
  });
});

describe("startShipper() with a receiver that", () => {
  test("is down at first gets everything, in order, when it is up", async () => {
    const first = await startReceiver();
    const { port } = first;
    await first.close();
    const { spool, shipper } = await setUp({}, first);
    for (const index of [1, 2, 3]) spool.append("logs", logOf([index]), prompt);
    spool.flush();
    await until(() => shipper.statistics().logs.failures >= 3);
    expect(shipper.statistics().lastError).toBe(
      `logs to http://127.0.0.1:${port}/v1/logs: connect ECONNREFUSED 127.0.0.1:${port}`,
    );
    expect(await shipper.drain(100)).toBe(false);
    expect(shipper.statistics().logs.pendingBytes).toBeGreaterThan(0);
    const second = await startReceiver({ port });
    expect(await shipper.drain(60_000)).toBe(true);
    expect(numbersIn(second.accepted("logs"))).toEqual([1, 2, 3]);
    expect(shipper.statistics().logs).toMatchObject({ shipped: 3, rejected: 0, pendingBytes: 0 });
  });

  test.for([429, 502, 503, 504])("answers %i is tried again", async (status) => {
    const { spool, shipper, receiver } = await setUp();
    receiver.reply = (_, count) => (count < 3 ? status : 200);
    spool.append("logs", logOf([1]), prompt);
    expect(await shipper.drain(60_000)).toBe(true);
    expect(receiver.arrivals.map((arrival) => arrival.status)).toEqual([status, status, status, 200]);
    expect(shipper.statistics().logs).toEqual({ ...shipped(1), failures: 3 });
  });

  test("asks for a second's wait is left alone so long", async () => {
    const { spool, shipper, receiver } = await setUp();
    const askedAt: number[] = [];
    receiver.reply = (_, count) => {
      askedAt.push(performance.now());
      return count === 0 ? { status: 503, headers: { "retry-after": "1" } } : 200;
    };
    spool.append("logs", logOf([1]), prompt);
    await until(() => receiver.arrivals.length === 1);
    expect(await shipper.drain(60_000)).toBe(true);
    const [first = 0, second = 0] = askedAt;
    // A timer may be a millisecond early.
    expect(second - first).toBeGreaterThan(998);
  });

  test.for([400, 401, 404, 500])("refuses with %i is not asked again, and what comes later is sent", async (status) => {
    const { spool, shipper, receiver } = await setUp();
    const body = new WireWriter();
    body.string(2, "bad\n\u0007 data");
    receiver.reply = (_, count) => (count === 0 ? { status, body: body.finish() } : 200);
    spool.append("logs", logOf([1]), { urgency: "prompt", records: 5 });
    expect(await shipper.drain(60_000)).toBe(true);
    spool.append("logs", logOf([2]), prompt);
    spool.flush();
    expect(await shipper.drain(60_000)).toBe(true);
    expect(shipper.statistics().logs).toEqual({ ...shipped(1), rejected: 5 });
    expect(shipper.statistics().lastError).toBe(
      `logs to http://127.0.0.1:${receiver.port}/v1/logs: HTTP ${status}: bad data`,
    );
    expect(numbersIn(receiver.accepted("logs"))).toEqual([2]);
  });

  test("takes a part only is believed", async () => {
    const { spool, shipper, receiver } = await setUp();
    const body = new WireWriter();
    body.message(1, () => {
      body.int64(1, 2);
      body.string(2, "too old");
    });
    receiver.reply = () => ({ status: 200, body: body.finish() });
    spool.append("logs", logOf([1]), { urgency: "prompt", records: 5 });
    expect(await shipper.drain(60_000)).toBe(true);
    expect(shipper.statistics().logs).toEqual({ ...shipped(3), rejected: 2 });
    expect(shipper.statistics().lastError).toContain("too old");
  });

  test("finds requests too large gets smaller ones", async () => {
    const { spool, shipper, receiver } = await setUp();
    receiver.reply = (_, __, size) => (size > 20_000 ? 413 : 200);
    for (let index = 0; index < 100; index += 1) spool.append("logs", logOf([index, "x".repeat(1000)]), batched);
    spool.flush();
    expect(await shipper.drain(60_000)).toBe(true);
    expect(numbersIn(receiver.accepted("logs"))).toEqual(Array.from({ length: 100 }, (_, index) => index));
    expect(shipper.statistics().logs).toEqual(shipped(100));
  });

  test("refuses bytes that are no request does not lose their neighbours", async () => {
    const { spool, shipper, receiver } = await setUp();
    receiver.reply = (_, __, size) => (size === 3 ? 400 : 200);
    for (const request of [logOf([1]), new Uint8Array([1, 2, 3]), logOf([2])]) spool.append("logs", request, batched);
    spool.flush();
    expect(await shipper.drain(60_000)).toBe(true);
    expect(shipper.statistics().logs).toEqual({ ...shipped(2), rejected: 1 });
    expect(numbersIn(receiver.accepted("logs"))).toEqual([1, 2]);
  });

  test("hangs is given up after the bound of a request and tried again", async () => {
    const receiver = await startReceiver();
    receiver.reply = (_, count) => (count === 0 ? () => {} : 200);
    const { spool, shipper } = await setUp({ endpoints: receiver.endpoints({ timeoutMs: 2000 }) }, receiver);
    spool.append("logs", logOf([1]), prompt);
    expect(await shipper.drain(60_000)).toBe(true);
    expect(shipper.statistics().logs).toEqual({ ...shipped(1), failures: 1 });
    expect(shipper.statistics().lastError).toContain("no answer within 2000 ms");
  });

  test("closes in the middle of its answer is tried again", async () => {
    const { spool, shipper, receiver } = await setUp();
    receiver.reply = (_, count) =>
      count > 0
        ? 200
        : (response) => {
            response.writeHead(200, { "content-length": 100 });
            response.write("half");
            setTimeout(() => response.destroy(), 20);
          };
    spool.append("logs", logOf([1]), prompt);
    expect(await shipper.drain(60_000)).toBe(true);
    expect(shipper.statistics().logs).toEqual({ ...shipped(1), failures: 1 });
  });

  test("answers without end is read so far and no further", async () => {
    const { spool, shipper, receiver } = await setUp();
    receiver.reply = () => (response) => {
      response.writeHead(400, { "content-type": "text/plain" });
      const more = (): void => {
        while (response.write("x".repeat(16_384)));
      };
      response.on("drain", more);
      more();
    };
    spool.append("logs", logOf([1]), prompt);
    expect(await shipper.drain(60_000)).toBe(true);
    expect(shipper.statistics().logs).toEqual({ ...shipped(0), rejected: 1 });
    expect(shipper.statistics().lastError?.length).toBeLessThan(500);
  });

  test("fails for one signal does not stop the others", async () => {
    const { spool, shipper, receiver } = await setUp();
    receiver.reply = (signal) => (signal === "metrics" ? 503 : 200);
    spool.append("metrics", await metricRequest(), batched);
    for (let index = 0; index < 5; index += 1) spool.append("logs", logOf([index]), batched);
    spool.flush();
    await until(() => shipper.statistics().logs.shipped === 5);
    expect(await shipper.drain(100)).toBe(false);
    expect(shipper.statistics()).toMatchObject({ logs: { shipped: 5 }, metrics: { shipped: 0 } });
    expect(shipper.statistics().logs.pendingBytes).toBe(0);
    expect(shipper.statistics().metrics.pendingBytes).toBeGreaterThan(0);
  });
});

describe("startShipper() whose thread", () => {
  test("cannot be started says so and harms nobody", async () => {
    const headers = { broken: (): void => {} } as never;
    const receiver = await startReceiver();
    const { spool, shipper } = await setUp({ endpoints: receiver.endpoints({ headers }) }, receiver);
    spool.append("logs", logOf([1]), prompt);
    shipper.notify();
    expect(await shipper.drain(100)).toBe(false);
    expect(shipper.statistics().lastError).toMatch(/^the shipper's thread could not be started: /);
    expect(shipper.statistics().logs.pendingBytes).toBeGreaterThan(0);
    await shipper.stop(100);
  });

  test("dies says so, and is started again", async () => {
    const { spool, shipper } = await setUp({ endpoints: { logs: null as never } });
    spool.append("logs", logOf([1]), prompt);
    const isDrained = shipper.drain(60_000);
    await until(() => shipper.statistics().lastError !== undefined);
    expect(shipper.statistics().lastError).toMatch(/^the shipper's thread died: /);
    expect(await isDrained).toBe(false);
    expect(spool.append("logs", logOf([2]), prompt)).toBe(true);
  });
});

describe("stop()", () => {
  test("ends the thread though the receiver hangs", async () => {
    const receiver = await startReceiver();
    receiver.reply = () => () => {};
    const { spool, shipper } = await setUp({ endpoints: receiver.endpoints({ timeoutMs: 3_600_000 }) }, receiver);
    spool.append("logs", logOf([1]), prompt);
    await until(() => receiver.arrivals.length === 1);
    const start = performance.now();
    await shipper.stop(100);
    // Nothing would end the request itself.
    expect(performance.now() - start).toBeLessThan(30_000);
    expect(await shipper.drain(1000)).toBe(false);
    shipper.notify();
    await shipper.stop(100);
  });

  test("lets the request under way be answered", async () => {
    const receiver = await startReceiver();
    receiver.reply = () => (response) => setTimeout(() => response.end(), 150);
    const { spool, shipper } = await setUp({}, receiver);
    spool.append("logs", logOf([1]), prompt);
    await until(() => receiver.arrivals.length === 1);
    await shipper.stop(5000);
    expect(shipper.statistics().logs).toMatchObject({ shipped: 1, failures: 0 });
  });
});
