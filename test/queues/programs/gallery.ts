// A run that queues one job and waits for what becomes of it, which it prints; the queue's depth is told while it lasts.
// Arguments: the queue's name, Redis's port, the job's data as JSON.
import { setTimeout as delay } from "node:timers/promises";
import { createBullmqTelemetry, observeQueue } from "@runlight/bullmq";
import { initTelemetry, stage, workflow } from "@runlight/sdk";
import { waitUntil } from "@runlight/testing";
import { Queue } from "bullmq";

const [, , name = "", port = "", data = "{}"] = process.argv;
const telemetry = await initTelemetry({ service: "gallery", hostMetrics: false, metricIntervalMs: 100 });
const connection = { host: "127.0.0.1", port: Number(port), maxRetriesPerRequest: null };
const queue = new Queue(name, { connection, telemetry: createBullmqTelemetry() });
// Redis away is told here too; a queue without a listener would print it.
queue.on("error", () => undefined);
await queue.waitUntilReady();
observeQueue(queue, { intervalMs: 100, timeoutMs: 1500 });

await workflow("hang-pictures", async (run) => {
  const job = await stage("order", () => queue.add("wall", JSON.parse(data), { attempts: 3 }));
  console.log("queued");
  // Events may be missed while Redis is away.
  const result: unknown = await stage("wait", () =>
    waitUntil(async () => (await queue.getJob(job.id ?? ""))?.returnvalue as unknown),
  );
  console.log(JSON.stringify({ runId: run.run?.id, result }));
});

await waitUntil(async () => (await queue.getCompletedCount()) === 1);
// The depth as it is in the end.
await delay(1500);
await queue.close();
await telemetry.shutdown();
