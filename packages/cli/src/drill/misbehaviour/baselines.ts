import { setTimeout as delay } from "node:timers/promises";
import { stage, workflow } from "@runlight/sdk";
import type { Misbehaviour } from "./misbehaviour.ts";

const slowMs = 300;
const slowStages = 25;
const fastStages = 1000;

/** Stages that take longer than the history says that is laid under the drill. */
export const misbehavingStages: Readonly<Record<string, Misbehaviour>> = {
  async baseline(mended) {
    await workflow("nightly", async () => {
      await Promise.all(Array.from({ length: slowStages }, () => stage("fit", () => delay(slowMs))));
      await mended;
      for (let index = 0; index < fastStages; index += 1) await stage("fit", () => Promise.resolve());
    });
  },
};
