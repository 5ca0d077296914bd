import { startNode } from "@runlight/testing";
import { expect, test } from "vitest";
import { identifyProcess, isRunning } from "../../src/stack/process-identity.ts";

test("identifyProcess() gives the same identity while a process lives, and nothing afterwards", async () => {
  await using child = startNode(["-e", "console.log('up'); setInterval(() => {}, 1000)"]);
  await child.waitForOutput("up");
  const identity = identifyProcess(child.pid)!;
  expect(identifyProcess(child.pid)).toEqual(identity);
  expect(isRunning(identity)).toBe(true);
  expect(isRunning({ ...identity, startTime: "1" })).toBe(false);
  child.kill("SIGKILL");
  await child.ended;
  expect(identifyProcess(child.pid)).toBeUndefined();
  expect(isRunning(identity)).toBe(false);
});
