import { appendFileSync, rmSync } from "node:fs";
import { freemem, totalmem } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { exec, workflow } from "@runlight/sdk";
import { diskRoomBytes } from "../drill-rooms.ts";
import type { Misbehaviour } from "./misbehaviour.ts";

const megabyte = 1024 * 1024;
const blockBytes = 8 * megabyte;
const leakBytesPerSecond = 2 * megabyte;
const dwellMs = 20_000;
const lookIntervalMs = 200;
const [, usedShare = "0", roomShare = "0", folder = ""] = process.argv.slice(2);

/** Processes that take memory or disk and do not give it back. */
export const greed: Readonly<Record<string, Misbehaviour>> = {
  async leak(mended) {
    await workflow("nightly", async () => {
      const kept: Buffer[] = [];
      const timer = setInterval(() => kept.push(Buffer.alloc(leakBytesPerSecond, 1)), 1000);
      await mended;
      clearInterval(timer);
    });
  },
  /** Takes so much that the host is above the first limit, and after a while above the second. */
  async memory(mended) {
    await workflow("nightly", async () => {
      const kept: Buffer[] = [];
      let isMended = false;
      void mended.then(() => (isMended = true));
      const beganMs = Date.now();
      for (; !isMended && process.connected; await delay(lookIntervalMs)) {
        const share = Date.now() - beganMs < dwellMs ? 0.935 : 1;
        await hold(kept, Number(usedShare) + share * Number(roomShare));
      }
    });
  },
  /** Writes a file until the disk is above the first limit, and after a while above the second. */
  async disk(mended) {
    await workflow("nightly", async () => {
      const path = join(folder, "filling");
      const block = Buffer.alloc(blockBytes, 1);
      const write = (share: number): void => {
        for (let done = 0; done < share * diskRoomBytes; done += blockBytes) appendFileSync(path, block);
      };
      write(0.92);
      await Promise.race([mended, delay(dwellMs)]);
      write(0.08);
      await mended;
      rmSync(path);
    });
  },
  /** Runs a command in a control group that allows it less than it takes. */
  async "out-of-memory"() {
    const taking = "const held = []; while (held.length < 64) held.push(Buffer.alloc(4e6, 1))";
    const script = `echo $$ > '${folder}/cgroup.procs' && sleep 0.3 && exec "$0" --eval '${taking}'`;
    await workflow("nightly", () =>
      exec("/bin/sh", ["-c", script, process.execPath], { name: "blast", reject: false }),
    );
  },
};

/** Takes or gives back blocks until the host uses so much; others on it take and give back meanwhile. */
async function hold(kept: Buffer[], wantedShare: number): Promise<void> {
  const missingBytes = wantedShare * totalmem() - (totalmem() - freemem());
  const blocks = Math.max(-kept.length, Math.round(missingBytes / blockBytes));
  if (blocks < 0) kept.splice(blocks);
  for (let index = 0; index < blocks; index += 1) {
    kept.push(Buffer.alloc(blockBytes, 1));
    // Metrics and heartbeats go on.
    if (index % 8 === 7) await delay(1);
  }
  globalThis.gc?.();
}
