// Works off the queue given as the first argument, at the port given as the second, until SIGTERM.
import { once } from "node:events";
import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { createBullmqTelemetry, observeWorker } from "@runlight/bullmq";
import { Worker } from "bullmq";
import type { Job } from "bullmq";
import { startTelemetry } from "../support/telemetry.ts";

const [, , queue = "", port = "", telemetryUrl = "", observed = ""] = process.argv;
const telemetry = telemetryUrl === "" ? undefined : startTelemetry(telemetryUrl);

class PaintError extends Error {
  override readonly name = "PaintError";
}

interface Wall {
  readonly colour: string;
  /** The job fails this often. */
  readonly failures?: number;
  /** The job waits until this file is there. */
  readonly gate?: string;
}

async function paint({ data, attemptsMade }: Job<Wall>): Promise<string> {
  if (data.gate !== undefined) while (!existsSync(data.gate)) await delay(10);
  if (attemptsMade < (data.failures ?? 0)) throw new PaintError(`no ${data.colour} left`);
  return `painted ${data.colour} at attempt ${attemptsMade + 1}`;
}

const worker = new Worker(queue, paint, {
  connection: { host: "127.0.0.1", port: Number(port), maxRetriesPerRequest: null },
  ...(telemetry === undefined ? {} : { telemetry: createBullmqTelemetry() }),
});
worker.on("error", () => undefined);
if (observed === "observed") observeWorker(worker);
await worker.waitUntilReady();
console.log("ready");
await once(process, "SIGTERM");
await worker.close();
await telemetry?.stop();
