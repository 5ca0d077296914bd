// Works off a queue until SIGTERM. Arguments: the queue's name and Redis's port.
import { once } from "node:events";
import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { createBullmqTelemetry, observeWorker } from "@runlight/bullmq";
import { initTelemetry, stage } from "@runlight/sdk";
import { Worker } from "bullmq";
import type { Job } from "bullmq";

interface Wall {
  readonly colour: string;
  /** The job fails this often. */
  readonly failures: number;
  /** The job waits until this file is there. */
  readonly gate?: string;
}

const [, , name = "", port = ""] = process.argv;
const telemetry = await initTelemetry({ service: "painter", hostMetrics: false, metricIntervalMs: 100 });

async function paint({ data, attemptsMade }: Job<Wall>): Promise<string> {
  return stage("brush", async (brush) => {
    if (data.gate !== undefined) while (!existsSync(data.gate)) await delay(10);
    if (attemptsMade < data.failures) throw new RangeError(`no ${data.colour} left`);
    brush.count(7, "stroke");
    return `painted ${data.colour} at attempt ${attemptsMade + 1}`;
  });
}

const connection = { host: "127.0.0.1", port: Number(port), maxRetriesPerRequest: null };
const worker = observeWorker(new Worker(name, paint, { connection, telemetry: createBullmqTelemetry() }));
worker.on("error", () => undefined);
await worker.waitUntilReady();
const ended = once(process, "SIGTERM");
console.log("ready");
await ended;
await worker.close();
await telemetry.shutdown();
