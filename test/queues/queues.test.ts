import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runNode, startNode, startOtlpSink, temporaryDirectory } from "@runlight/testing";
import type { NodeChild, OtlpSink, ReceivedSpan } from "@runlight/testing";
import { beforeEach, expect, test } from "vitest";
import { missingRedis, startRedis } from "../../packages/bullmq/test/support/redis-server.ts";
import type { RedisServer } from "../../packages/bullmq/test/support/redis-server.ts";

const gallery = fileURLToPath(new URL("programs/gallery.ts", import.meta.url));
const painter = fileURLToPath(new URL("programs/painter.ts", import.meta.url));
const runlight = fileURLToPath(new URL("../../packages/cli/bin/runlight.js", import.meta.url));

beforeEach((context) => context.skip(missingRedis !== undefined, missingRedis ?? ""));

/** A Redis, a receiver, and two processes: a run that queues a job, and a worker. */
interface House extends AsyncDisposable {
  readonly directory: string;
  readonly redis: RedisServer;
  readonly sink: OtlpSink;
  /** Starts the run; it has queued its job. */
  hang(wall: object): Promise<NodeChild>;
  /** The worker has ended, and all of it has arrived. */
  close(): Promise<void>;
}

async function openHouse(queue: string): Promise<House> {
  const directory = temporaryDirectory();
  const redis = await startRedis();
  const sink = await startOtlpSink();
  const start = (program: string, ...more: readonly string[]): NodeChild =>
    startNode([program, queue, String(redis.connection.port), ...more], {
      cwd: directory.path,
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url },
    });
  const worker = start(painter);
  await worker.waitForOutput("ready");
  return {
    directory: directory.path,
    redis,
    sink,
    async hang(wall) {
      const run = start(gallery, JSON.stringify(wall));
      await run.waitForOutput("queued");
      return run;
    },
    async close() {
      worker.kill("SIGTERM");
      expect(await worker.ended).toMatchObject({ exitCode: 0, stderr: "" });
    },
    async [Symbol.asyncDispose]() {
      await worker[Symbol.asyncDispose]();
      await sink.stop();
      await redis[Symbol.asyncDispose]();
      directory[Symbol.dispose]();
    },
  };
}

interface Told {
  readonly runId: string;
  readonly result: string;
}

async function toldBy(run: NodeChild): Promise<Told> {
  const { stdout, stderr, exitCode } = await run.ended;
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Told;
}

const linksOf = ({ links }: ReceivedSpan): unknown[] =>
  links.map(({ spanId, attributes }) => [spanId, attributes["runlight.link.kind"]]);

/** The last depth that was told, by state; states without jobs are left out. */
function depth({ metricPoints }: OtlpSink): Readonly<Record<string, unknown>> {
  const told: Record<string, unknown> = {};
  for (const { name, attributes, value } of metricPoints)
    if (name === "runlight.queue.size") told[attributes["runlight.queue.state"] as string] = value;
  return Object.fromEntries(Object.entries(told).filter(([, value]) => Number(value) > 0));
}

test("pipeline() queued by a run in one process and run in another is one trace with linked attempts", async () => {
  await using house = await openHouse("paint");
  const { sink } = house;
  const run = await house.hang({ colour: "red", failures: 1 });
  const { runId, result } = await toldBy(run);
  expect(result).toBe("painted red at attempt 2");
  await house.close();

  // Both processes: one trace, and the run's id on everything.
  const ofTheRun = sink.spans.filter(({ attributes }) => attributes["workflow.execution.id"] === runId);
  const named = (name: string): readonly ReceivedSpan[] =>
    ofTheRun.filter((span) => span.name === name).toSorted((a, b) => Number(a.startTimeUnixNano - b.startTimeUnixNano));
  const [root] = named("workflow hang-pictures");
  const [producer] = named("queue paint");
  const [first, second] = named("pipeline paint");
  expect(new Set(ofTheRun.map(({ traceId }) => traceId))).toEqual(new Set([root?.traceId]));
  expect(new Set(ofTheRun.map(({ resource }) => resource["service.name"]))).toEqual(new Set(["gallery", "painter"]));
  expect([producer?.kind, first?.kind, second?.kind]).toEqual([4, 5, 5]);
  expect([first, second].map((attempt) => attempt?.parentSpanId)).toEqual([producer?.spanId, producer?.spanId]);
  expect(linksOf(first!)).toEqual([[producer?.spanId, "producer"]]);
  expect(linksOf(second!)).toEqual([
    [producer?.spanId, "producer"],
    [first?.spanId, "attempt"],
  ]);
  expect([first, second].map((attempt) => attempt?.attributes)).toMatchObject([
    { "runlight.operation.attempt": 1, "runlight.operation.outcome": "failure" },
    { "runlight.operation.attempt": 2, "runlight.operation.outcome": "success" },
  ]);
  expect(named("stage brush").map(({ parentSpanId }) => parentSpanId)).toEqual([first?.spanId, second?.spanId]);
  for (const attempt of [first, second]) {
    const waited = Number(attempt?.attributes["runlight.pipeline.queue.duration"]);
    expect(waited).toBeGreaterThanOrEqual(0);
    expect(waited).toBeLessThan(30);
  }

  // The worker's metrics name the run's workflow.
  const measured = sink.metricPoints.filter(({ resource }) => resource["service.name"] === "painter");
  for (const metric of ["runlight.pipeline.duration", "runlight.pipeline.queue.duration", "runlight.stage.duration"]) {
    const points = measured.filter(({ name }) => name === metric);
    expect(points.length, metric).toBeGreaterThan(0);
    for (const { attributes } of points) expect(attributes["workflow.definition.name"], metric).toBe("hang-pictures");
  }
  expect(depth(sink)).toEqual({ completed: 1 });

  // What the command line shows is of both processes.
  const shown = await runNode([runlight, "show", runId, "--json"], { cwd: house.directory });
  expect(JSON.parse(shown.stdout)).toMatchObject({
    status: "success",
    pipelines: [{ name: "paint", count: 2, failed: 1 }],
    items: [{ unit: "stroke", processed: 7 }],
    success: { attempts: { count: 2, failed: 1, rate: 0.5 }, stages: { count: 4, failed: 1 } },
    errors: { count: 1, first: [{ operation: "stage brush", message: "no red left" }] },
  });
});

test("pipeline() whose queue goes away runs and ends as without telemetry, and that is counted", async () => {
  await using house = await openHouse("outage");
  const { sink, redis } = house;
  const gate = join(house.directory, "gate");
  const run = await house.hang({ colour: "blue", failures: 0, gate });
  await sink.waitFor(({ logRecords }) => logRecords.some(({ eventName }) => eventName === "pipeline.started"));
  await redis.kill();
  await sink.waitFor(({ metricPoints }) =>
    metricPoints.some(({ name, value }) => name === "runlight.queue.read.failures" && Number(value) > 0),
  );
  writeFileSync(gate, "");
  await redis.start();
  const { stdout, stderr, exitCode } = await run.ended;
  expect({ stderr, exitCode }).toEqual({
    stderr:
      "telemetry: The size of queue outage cannot be read; it is asked again every 100 ms. no answer within 1500 ms, said once\n",
    exitCode: 0,
  });
  const { runId, result } = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Told;
  expect(result).toBe("painted blue at attempt 1");
  await house.close();
  const attempts = sink.spans.filter(
    ({ name, attributes }) => name === "pipeline outage" && attributes["workflow.execution.id"] === runId,
  );
  expect(attempts.map(({ attributes }) => attributes["runlight.operation.outcome"])).toEqual(["success"]);
  expect(depth(sink)).toEqual({ completed: 1 });
});
