import { setTimeout as delay } from "node:timers/promises";
import { checkQuality, stage, workflow } from "@runlight/sdk";
import type { Misbehaviour } from "./misbehaviour.ts";

/** Runs that fail, stand still, are slow, or are ended from outside. */
export const misbehavingRuns: Readonly<Record<string, Misbehaviour>> = {
  async fail() {
    await failingRun("nightly");
  },
  async quality() {
    await workflow("nightly", async () => void checkQuality({ name: "rows", value: 0, min: 1 }));
  },
  async errors() {
    await workflow("nightly", async () => {
      for (let index = 0; index < 8; index += 1) await stage("step", failing).catch(() => undefined);
    });
  },
  async stuck(mended) {
    await workflow("nightly", async (run) => {
      run.progress({ done: 1, total: 3, unit: "step" });
      await mended;
      run.progress({ done: 3, total: 3, unit: "step" });
    });
  },
  /** Well, but for what is done to its process. */
  async beating(mended) {
    await workflow("nightly", () => mended);
  },
  async slow(mended) {
    // Apart from each other, so that metrics leave between them.
    for (let index = 0; index < 8; index += 1) await workflow("nightly", () => delay(200));
    await workflow("nightly", () => mended);
  },
  async "burn-fast"(mended) {
    await runsOf({ good: 1, bad: 4 });
    await mended;
    await runsOf({ good: 10, bad: 0 });
  },
  async "burn-slow"(mended) {
    await runsOf({ good: 20, bad: 4 });
    await mended;
    await runsOf({ good: 40, bad: 0 });
  },
};

async function runsOf({ good, bad }: { readonly good: number; readonly bad: number }): Promise<void> {
  for (let index = 0; index < good; index += 1) await workflow("nightly", () => Promise.resolve());
  for (let index = 0; index < bad; index += 1) await failingRun("nightly");
  // Until metrics have left: the next ones must not be counted with these.
  await delay(2000);
}

async function failingRun(name: string): Promise<void> {
  await workflow(name, failing).catch(() => undefined);
}

function failing(): Promise<never> {
  return Promise.reject(new TypeError("Failed for the drill"));
}
