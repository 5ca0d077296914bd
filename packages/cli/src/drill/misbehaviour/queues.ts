import { setTimeout as delay } from "node:timers/promises";
import { observeQueueSize, stage, workflow } from "@runlight/sdk";
import type { Misbehaviour } from "./misbehaviour.ts";

const lookIntervalMs = 1000;
const stageIntervalMs = 200;

/** Queues that grow, and work that is not what it was at this hour of other days. */
export const misbehavingQueues: Readonly<Record<string, Misbehaviour>> = {
  async "queue-growing"(mended) {
    const beganMs = Date.now();
    await observing(() => Math.round((Date.now() - beganMs) / 100), mended);
  },
  async "queue-unread"(mended) {
    await observing(() => {
      throw new Error("Nobody answers, for the drill");
    }, mended);
  },
  async crowded(mended) {
    await observing(() => 500, mended);
  },
  async idle(mended) {
    let items = 1;
    let isOver = false;
    const fast = mended.then(async () => {
      items = 1000;
      await delay(15_000);
      isOver = true;
    });
    await workflow("nightly", async () => {
      for (; !isOver && process.connected; await delay(stageIntervalMs)) {
        await stage("load", (load) => Promise.resolve(load.count(items)));
      }
    });
    await fast;
  },
};

async function observing(waiting: () => number, mended: Promise<unknown>): Promise<void> {
  const observation = observeQueueSize("paint", () => ({ queued: waiting() }), { intervalMs: lookIntervalMs });
  await mended;
  observation.stop();
}
