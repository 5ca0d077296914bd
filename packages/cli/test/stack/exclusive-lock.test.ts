import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startNode, temporaryDirectory } from "@runlight/testing";
import { expect, test } from "vitest";
import { withLock } from "../../src/stack/exclusive-lock.ts";
import { identifyProcess } from "../../src/stack/process-identity.ts";

test("withLock() lets one in at a time and removes the lock, also after a failure", async () => {
  using directory = temporaryDirectory();
  const path = join(directory.path, "lock");
  let inside = 0;
  let most = 0;
  const enter = (): Promise<void> =>
    withLock(path, { timeoutMs: 10_000 }, async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise(setImmediate);
      inside -= 1;
    });
  await Promise.all([enter(), enter(), enter()]);
  expect(most).toBe(1);
  await expect(withLock(path, { timeoutMs: 0 }, () => Promise.reject(new Error("body")))).rejects.toThrow("body");
  expect(existsSync(path)).toBe(false);
});

test("withLock() says who holds the lock, and gives up at its bound", async () => {
  using directory = temporaryDirectory();
  const path = join(directory.path, "lock");
  await using holder = startNode(["-e", "console.log('up'); setInterval(() => {}, 1000)"]);
  await holder.waitForOutput("up");
  writeFileSync(path, JSON.stringify(identifyProcess(holder.pid)));
  const waited: number[] = [];
  const attempt = withLock(path, { timeoutMs: 300, onWait: (pid) => waited.push(pid) }, async () => "in");
  await expect(attempt).rejects.toThrow(`process ${holder.pid} has held it for 300 ms`);
  expect(waited).toEqual([holder.pid]);
});

test("withLock() takes over a lock whose holder is gone, and one that another process with the same id left", async () => {
  using directory = temporaryDirectory();
  const path = join(directory.path, "lock");
  const gone = startNode(["-e", "0"]);
  await gone.ended;
  for (const left of [{ pid: gone.pid, startTime: "1" }, { pid: process.pid, startTime: "1" }, "half a fi"]) {
    writeFileSync(path, typeof left === "string" ? left : JSON.stringify(left));
    expect(await withLock(path, { timeoutMs: 0 }, async () => "in")).toBe("in");
  }
});
