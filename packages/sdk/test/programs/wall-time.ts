// Runs a workflow until it is told `done`, by the file of that name; its checkpoint is as CHECKPOINT says: none | saves | throws | hangs | stays (hangs for longer than any test waits)
import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { initTelemetry, workflow } from "@runlight/sdk";
import type { TelemetryConfig } from "@runlight/sdk";

type Checkpoint = NonNullable<TelemetryConfig["checkpoint"]>;

const { CHECKPOINT: how = "none", END_IN_MS: endInMs, RUN: run = "yes" } = process.env;
const checkpoints: Readonly<Record<string, Checkpoint>> = {
  async saves(reason) {
    console.log(`saving ${JSON.stringify({ ...reason, remainingSeconds: reason.remainingSeconds !== undefined })}`);
    await delay(50);
    console.log("saved");
  },
  throws() {
    throw new RangeError("no space left");
  },
  hangs: hang,
  stays: hang,
};
async function hang(): Promise<void> {
  console.log("hanging");
  await delay(600_000, undefined, { ref: false });
}
const checkpoint = checkpoints[how];
await initTelemetry({
  service: "wall-time",
  hostMetrics: false,
  // One that ends has the time that a busy machine takes.
  checkpointTimeoutMs: how === "hangs" ? 300 : 300_000,
  ...(checkpoint === undefined ? {} : { checkpoint }),
  ...(endInMs === undefined ? {} : { jobEndTime: Date.now() + Number(endInMs) }),
});
const work = async (): Promise<void> => {
  console.log("ready");
  while (!existsSync("done")) await delay(20);
};
await (run === "yes" ? workflow("job", work) : work());
console.log("over");
