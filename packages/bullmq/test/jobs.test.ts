import { workflow } from "@runlight/core";
import { beforeEach, describe, expect, test } from "vitest";
import { attempts, linksOf, producers, startBench } from "./support/bench.ts";
import { missingRedis } from "./support/redis-server.ts";

const noParent = "";

beforeEach((context) => context.skip(missingRedis !== undefined, missingRedis ?? ""));

describe("createBullmqTelemetry()", () => {
  test("a job that a run queues is part of that run in the worker's process", async () => {
    await using bench = await startBench("paint");
    await bench.startWorker();
    const { runId, job } = await workflow("gallery", async (run) => ({
      runId: run.run?.id,
      job: await bench.queue.add("wall", { colour: "red" }),
    }));
    expect(await job.waitUntilFinished(bench.events)).toBe("painted red at attempt 1");
    const [producer] = await producers(bench, 1);
    const [attempt] = await attempts(bench, 1);
    expect([producer?.name, attempt?.name]).toEqual(["queue paint", "pipeline paint"]);
    expect(attempt).toMatchObject({ traceId: producer?.traceId, parentSpanId: producer?.spanId, status: { code: 0 } });
    expect(linksOf(attempt!)).toEqual([[producer?.spanId, "producer"]]);
    const { "runlight.pipeline.queue.duration": waited, ...told } = attempt!.attributes;
    expect(told).toMatchObject({
      "workflow.execution.id": runId,
      "workflow.definition.name": "gallery",
      "runlight.operation.kind": "pipeline",
      "runlight.operation.name": "paint",
      "runlight.operation.attempt": 1,
      "runlight.operation.outcome": "success",
      "messaging.system": "bullmq",
      "messaging.destination.name": "paint",
      "messaging.operation.name": "process",
      "messaging.operation.type": "process",
      "messaging.message.id": job.id,
      "runlight.queue.job.name": "wall",
    });
    expect(waited).toBeGreaterThanOrEqual(0);
    expect(waited).toBeLessThan(30);
    const records = await bench.sink.waitFor(({ logRecords }) => {
      const ofPipelines = logRecords.filter(({ eventName }) => eventName.startsWith("pipeline."));
      return ofPipelines.length === 3 ? ofPipelines : undefined;
    });
    const byName = Object.fromEntries(records.map((record) => [record.eventName, record]));
    expect(Object.keys(byName).toSorted()).toEqual(["pipeline.completed", "pipeline.queued", "pipeline.started"]);
    expect(byName["pipeline.queued"]).toMatchObject({
      spanId: producer?.spanId,
      attributes: {
        "workflow.execution.id": runId,
        "runlight.operation.name": "paint",
        "messaging.message.id": job.id,
      },
    });
    expect(byName["pipeline.started"]).toMatchObject({
      spanId: attempt?.spanId,
      attributes: { "workflow.execution.id": runId, "runlight.pipeline.queue.duration": waited },
    });
    const point = await bench.sink.waitFor(({ metricPoints }) =>
      metricPoints.find(({ name }) => name === "runlight.pipeline.queue.duration"),
    );
    expect(point.attributes).toEqual({ "runlight.operation.name": "paint", "workflow.definition.name": "gallery" });
    const duration = await bench.sink.waitFor(({ metricPoints }) =>
      metricPoints.find(({ name }) => name === "runlight.pipeline.duration"),
    );
    expect(duration.attributes).toEqual({
      "runlight.operation.name": "paint",
      "runlight.operation.outcome": "success",
      "workflow.definition.name": "gallery",
    });
  });

  test("a job that fails twice leaves three linked attempts, with what was thrown", async () => {
    await using bench = await startBench("retry");
    await bench.startWorker();
    const job = await bench.queue.add("wall", { colour: "blue", failures: 2 }, { attempts: 3 });
    expect(await job.waitUntilFinished(bench.events)).toBe("painted blue at attempt 3");
    const [producer] = await producers(bench, 1);
    const [first, second, third] = await attempts(bench, 3);
    expect([first, second, third].map((attempt) => attempt?.attributes["runlight.operation.outcome"])).toEqual([
      "failure",
      "failure",
      "success",
    ]);
    expect(linksOf(first!)).toEqual([[producer?.spanId, "producer"]]);
    expect(linksOf(second!)).toEqual([
      [producer?.spanId, "producer"],
      [first?.spanId, "attempt"],
    ]);
    expect(linksOf(third!)).toEqual([
      [producer?.spanId, "producer"],
      [second?.spanId, "attempt"],
    ]);
    // No run queued it: each attempt is a trace of its own.
    expect([first, second, third].map((attempt) => attempt?.parentSpanId)).toEqual([noParent, noParent, noParent]);
    expect(new Set([producer, first, second, third].map((span) => span?.traceId)).size).toBe(4);
    const failed = await bench.sink.waitFor(({ logRecords }) => {
      const found = logRecords.filter(({ eventName }) => eventName === "pipeline.failed");
      return found.length === 2 ? found : undefined;
    });
    for (const { attributes } of failed) {
      expect(attributes).toMatchObject({ "exception.type": "PaintError", "exception.message": "no blue left" });
      expect(attributes["exception.stacktrace"]).toContain("work.ts");
    }
    const queued = bench.sink.logRecords.filter(({ eventName }) => eventName === "pipeline.queued");
    expect(
      queued.map(({ attributes }) => Number(attributes["runlight.operation.attempt"])).toSorted((a, b) => a - b),
    ).toEqual([1, 2, 3]);
  });

  test("without observeWorker() an attempt tells its number at its end, and no time that may be another attempt's", async () => {
    await using bench = await startBench("alone");
    await bench.startWorker({ telemetry: true, observed: false });
    const job = await bench.queue.add("wall", { colour: "blue", failures: 1 }, { attempts: 2 });
    expect(await job.waitUntilFinished(bench.events)).toBe("painted blue at attempt 2");
    const both = await attempts(bench, 2);
    expect(both.map(({ attributes }) => attributes["runlight.operation.attempt"])).toEqual([1, 2]);
    expect(both.map(({ attributes }) => attributes["runlight.pipeline.queue.duration"])).toEqual([
      undefined,
      undefined,
    ]);
    const [producer] = await producers(bench, 1);
    expect(both.map(linksOf)).toEqual([[[producer?.spanId, "producer"]], [[producer?.spanId, "producer"]]]);
    const failed = await bench.sink.waitFor(({ logRecords }) =>
      logRecords.find(({ eventName }) => eventName === "pipeline.failed"),
    );
    expect(failed.attributes).toMatchObject({ "exception.type": "Error", "exception.message": "no blue left" });
  });

  test("jobs queued at once share one producer span, which all of them link", async () => {
    await using bench = await startBench("bulk");
    await bench.startWorker();
    const jobs = await bench.queue.addBulk(["red", "green"].map((colour) => ({ name: "wall", data: { colour } })));
    for (const job of jobs) await job.waitUntilFinished(bench.events);
    const [producer] = await producers(bench, 1);
    const both = await attempts(bench, 2);
    expect(both.map(linksOf)).toEqual([[[producer?.spanId, "producer"]], [[producer?.spanId, "producer"]]]);
    expect(producer?.attributes["messaging.batch.message_count"]).toBe(2);
  });

  test("strangers' jobs, without a carrier or with nonsense for one, run as any other", async () => {
    await using bench = await startBench("strange");
    await bench.startWorker();
    const bare = await bench.stranger.add("wall", { colour: "grey" });
    expect(await bare.waitUntilFinished(bench.events)).toBe("painted grey at attempt 1");
    const nonsense = ["no json", "[1]", '{"traceparent":7}', `{"baggage":"${"x".repeat(10_000)}"}`, "y".repeat(40_000)];
    for (const metadata of nonsense) {
      const job = await bench.stranger.add("wall", { colour: "pink" }, { telemetry: { metadata } });
      expect(await job.waitUntilFinished(bench.events)).toBe("painted pink at attempt 1");
    }
    const all = await attempts(bench, 6);
    expect(all.flatMap(({ links }) => links)).toEqual([]);
    expect(all.map(({ attributes }) => attributes["runlight.operation.outcome"])).toEqual(Array(6).fill("success"));
    const faults = await bench.sink.waitFor(({ metricPoints }) => {
      const points = metricPoints.filter(({ name }) => name === "runlight.queue.carrier.faults");
      const last = new Map(points.map(({ attributes, value }) => [attributes["runlight.carrier.fault"], value]));
      return last.get("type") === 3 && last.get("size") === 1 ? last : undefined;
    });
    expect([...faults.keys()].map(String).toSorted()).toEqual(["size", "type"]);
  });

  test("a worker with telemetry gives jobs the same end as one without", async () => {
    const ends = await Promise.all(
      [true, false].map(async (telemetry) => {
        await using bench = await startBench(`same-${telemetry}`);
        await bench.startWorker({ telemetry });
        const good = await bench.stranger.add("wall", { colour: "red", failures: 1 }, { attempts: 2 });
        const bad = await bench.stranger.add("wall", { colour: "blue", failures: 9 }, { attempts: 2, backoff: 1 });
        const result: unknown = await good.waitUntilFinished(bench.events);
        const thrown: unknown = await bad.waitUntilFinished(bench.events).catch((error: unknown) => error);
        const state = await bench.stranger.getJob(bad.id ?? "");
        return [result, String(thrown), state?.failedReason, state?.attemptsMade, state?.stacktrace?.length];
      }),
    );
    expect(ends[0]).toEqual(["painted red at attempt 2", "Error: no blue left", "no blue left", 2, 2]);
    expect(ends[1]).toEqual(ends[0]);
  });
});
