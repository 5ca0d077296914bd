import { fileURLToPath } from "node:url";
import { startNode, startOtlpSink } from "@runlight/testing";
import type { NodeChild, OtlpSink, ReceivedSpan } from "@runlight/testing";
import { Queue, QueueEvents } from "bullmq";
import { createBullmqTelemetry } from "../../src/telemetry/create-bullmq-telemetry.ts";
import { startRedis } from "./redis-server.ts";
import type { RedisServer } from "./redis-server.ts";
import { startTelemetry } from "./telemetry.ts";
import type { Telemetry } from "./telemetry.ts";

const program = fileURLToPath(new URL("../programs/work.ts", import.meta.url));

/** A Redis, a queue in this process whose telemetry arrives at a receiver, and workers in other processes. */
export interface Bench extends AsyncDisposable {
  readonly redis: RedisServer;
  readonly sink: OtlpSink;
  readonly telemetry: Telemetry;
  readonly queue: Queue;
  /** A queue of the same name without telemetry. */
  readonly stranger: Queue;
  readonly events: QueueEvents;
  /** Starts a worker and waits until it is ready. Default: with telemetry, and observed. */
  startWorker(options?: { readonly telemetry: boolean; readonly observed?: boolean }): Promise<NodeChild>;
}

/** Starts everything but the workers. */
export async function startBench(name: string): Promise<Bench> {
  const redis = await startRedis();
  const sink = await startOtlpSink();
  const telemetry = startTelemetry(sink.url);
  const connection = { ...redis.connection, maxRetriesPerRequest: null };
  const queue = new Queue(name, { connection, telemetry: createBullmqTelemetry() });
  const stranger = new Queue(name, { connection });
  const events = new QueueEvents(name, { connection });
  // Redis away is told here too; a queue without a listener would print it.
  for (const client of [queue, stranger]) client.on("error", () => undefined);
  events.on("error", () => undefined);
  await Promise.all([queue, stranger, events].map((client) => client.waitUntilReady()));
  const workers: NodeChild[] = [];
  return {
    redis,
    sink,
    telemetry,
    queue,
    stranger,
    events,
    async startWorker({ telemetry, observed = true } = { telemetry: true }) {
      const receiver = telemetry ? [sink.url, observed ? "observed" : "alone"] : [];
      const worker = startNode([program, name, String(redis.connection.port), ...receiver]);
      workers.push(worker);
      await worker.waitForOutput("ready");
      return worker;
    },
    async [Symbol.asyncDispose]() {
      for (const worker of workers) await worker[Symbol.asyncDispose]();
      // A client waits for ever for a Redis that a test has killed and, as it failed, not started again.
      await redis.start();
      await Promise.all([queue, stranger, events].map((client) => client.close()));
      await telemetry.stop();
      await sink.stop();
      await redis[Symbol.asyncDispose]();
    },
  };
}

/** The spans of attempts, in the order of their numbers, once there are `count`. */
export async function attempts({ sink }: Bench, count: number): Promise<readonly ReceivedSpan[]> {
  const found = (): readonly ReceivedSpan[] => sink.spans.filter(({ kind }) => kind === 5);
  await sink.waitFor(() => found().length >= count);
  return found().toSorted((one, other) => attemptOf(one) - attemptOf(other));
}

/** The producer spans, once there are `count`. */
export async function producers({ sink }: Bench, count: number): Promise<readonly ReceivedSpan[]> {
  const found = (): readonly ReceivedSpan[] => sink.spans.filter(({ kind }) => kind === 4);
  await sink.waitFor(() => found().length >= count);
  return found();
}

/** A span's links: to what, of which kind. */
export function linksOf({ links }: ReceivedSpan): readonly (readonly [string, unknown])[] {
  return links.map(({ spanId, attributes }) => [spanId, attributes["runlight.link.kind"]] as const);
}

function attemptOf({ attributes }: ReceivedSpan): number {
  return Number(attributes["runlight.operation.attempt"]);
}
