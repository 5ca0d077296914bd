import { setTimeout as delay } from "node:timers/promises";
import { createLogger, workflow } from "@runlight/sdk";
import type { Misbehaviour } from "./misbehaviour.ts";

const recordBytes = 1024;
const recordsAtOnce = 20;
const pauseMs = 50;

/** Programs that say more than is taken. */
export const misbehavingLogs: Readonly<Record<string, Misbehaviour>> = {
  async dropped() {
    // Beyond what the spool may hold in memory, as the drill sets it.
    await workflow("nightly", async () => void drillLog().info("x".repeat(1024 * recordBytes)));
  },
  async flood(mended) {
    await workflow("nightly", async () => {
      const log = drillLog();
      let isMended = false;
      void mended.then(() => (isMended = true));
      for (let count = 0; !isMended && process.connected; await delay(pauseMs)) {
        for (let index = 0; index < recordsAtOnce; index += 1) log.info(`${(count += 1)} ${"x".repeat(recordBytes)}`);
      }
    });
  },
};

function drillLog(): ReturnType<typeof createLogger> {
  return createLogger({ name: "drill", console: false });
}
