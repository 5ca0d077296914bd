import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DiagLogLevel, diag } from "@opentelemetry/api";
import { runNode, temporaryDirectory, waitUntil } from "@runlight/testing";
import type { OtlpSink } from "@runlight/testing";
import { beforeEach, describe, expect, test } from "vitest";
import { observeQueue } from "../src/queue/observe-queue.ts";
import { attempts, startBench } from "./support/bench.ts";
import { missingRedis, startRedis } from "./support/redis-server.ts";

/** A busy machine answers within the bound. */
const often = { intervalMs: 100, timeoutMs: 1000 };

beforeEach((context) => context.skip(missingRedis !== undefined, missingRedis ?? ""));

/** The depth of each state as it was last told. */
function depth(sink: OtlpSink): Readonly<Record<string, unknown>> {
  const sizes = sink.metricPoints.filter(({ name }) => name === "runlight.queue.size");
  const told: Record<string, unknown> = {};
  for (const { attributes, value } of sizes) told[attributes["runlight.queue.state"] as string] = value;
  return told;
}

describe("createBullmqTelemetry()", () => {
  test("a job that ends while Redis is away is one attempt that ends well once it is back", async () => {
    await using bench = await startBench("midway");
    using directory = temporaryDirectory();
    const gate = join(directory.path, "open");
    await bench.startWorker();
    const job = await bench.queue.add("wall", { colour: "red", gate });
    await bench.sink.waitFor(({ logRecords }) => logRecords.some(({ eventName }) => eventName === "pipeline.started"));
    await bench.redis.kill();
    writeFileSync(gate, "");
    await bench.redis.start();
    const [attempt] = await attempts(bench, 1);
    expect(attempt?.attributes).toMatchObject({
      "runlight.operation.outcome": "success",
      "messaging.message.id": job.id,
    });
    const state = await waitUntil(async () => {
      const found = await bench.queue.getJob(job.id ?? "");
      return found?.finishedOn === undefined ? undefined : found;
    });
    expect([state.returnvalue, state.attemptsMade]).toEqual(["painted red at attempt 1", 1]);
    expect(bench.sink.spans.filter(({ kind }) => kind === 5)).toHaveLength(1);
  });
});

describe("observeQueue()", () => {
  test("tells the depth by state", async () => {
    await using bench = await startBench("depth");
    const { queue, sink } = bench;
    using _observation = observeQueue(queue, often);
    await queue.addBulk([
      { name: "wall", data: {} },
      { name: "wall", data: {}, opts: { priority: 2 } },
      { name: "wall", data: {}, opts: { delay: 3_600_000 } },
    ]);
    const empty = { paused: 0, blocked: 0, running: 0, completed: 0, failed: 0 };
    await sink.waitFor(() => depth(sink)["queued"] === 2);
    expect(depth(sink)).toEqual({ ...empty, queued: 2, delayed: 1 });
    expect(sink.metricPoints.find(({ name }) => name === "runlight.queue.size")?.attributes).toEqual({
      "runlight.operation.name": "depth",
      "runlight.queue.state": "queued",
    });
    await bench.startWorker();
    await sink.waitFor(() => depth(sink)["completed"] === 2);
    expect(depth(sink)).toEqual({ ...empty, queued: 0, delayed: 1, completed: 2 });
  });

  test("Redis away is counted and said once; jobs, workers and the depth come back with it", async () => {
    await using bench = await startBench("outage");
    const { queue, sink, redis } = bench;
    const said: string[] = [];
    const quiet = (): void => undefined;
    const warn = (message: string): void => void said.push(message);
    diag.setLogger({ error: quiet, warn, info: quiet, debug: quiet, verbose: quiet }, DiagLogLevel.WARN);
    await bench.startWorker();
    const before = await queue.add("wall", { colour: "red" });
    expect(await before.waitUntilFinished(bench.events)).toBe("painted red at attempt 1");
    using _observation = observeQueue(queue, often);
    await sink.waitFor(() => depth(sink)["completed"] === 1);
    await redis.kill();
    const failures = (): number =>
      Number(sink.metricPoints.findLast(({ name }) => name === "runlight.queue.read.failures")?.value ?? 0);
    await sink.waitFor(() => failures() >= 3);
    expect(said).toEqual(["The size of queue outage cannot be read; it is asked again every 100 ms."]);
    const during = queue.add("wall", { colour: "blue" });
    await redis.start();
    const job = await during;
    expect(await waitUntil(async () => (await queue.getJob(job.id ?? ""))?.returnvalue as unknown)).toBe(
      "painted blue at attempt 1",
    );
    const both = await attempts(bench, 2);
    expect(both.map(({ attributes }) => attributes["runlight.operation.outcome"])).toEqual(["success", "success"]);
    await sink.waitFor(() => depth(sink)["completed"] === 2);
    diag.disable();
  });

  test("keeps no process alive, and ends with its queue", async () => {
    await using redis = await startRedis();
    const program = fileURLToPath(new URL("programs/observe.ts", import.meta.url));
    const { stdout, stderr, exitCode } = await runNode([program, "brief", String(redis.connection.port)]);
    expect({ stdout, stderr, exitCode }).toEqual({ stdout: "closed\n", stderr: "", exitCode: 0 });
  });

  test("refuses an interval out of its range", () => {
    const queue = { name: "q", closing: undefined, getJobCounts: async () => ({}) };
    expect(() => observeQueue(queue, { intervalMs: 99 })).toThrow(
      new RangeError(
        "Cannot observe queue: options.intervalMs must be a number from 100 to 3600000, current value is 99",
      ),
    );
    observeQueue(queue, { intervalMs: 100 }).stop();
  });
});
