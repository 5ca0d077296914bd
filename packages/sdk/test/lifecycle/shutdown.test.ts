import { temporaryDirectory } from "@runlight/testing";
import { expect, test } from "vitest";
import { within } from "../../src/lifecycle/within.ts";
import { lastLine, runProgram } from "../support/program.ts";
import { readSpools } from "../support/read-spool.ts";

test("shutdown() and flush() keep their bounds and never reject, whatever the user's parts do", async () => {
  using directory = temporaryDirectory();
  const { stdout, stderr, exitCode } = await runProgram("hanging-parts.ts", {
    env: { RUNLIGHT_DIRECTORY: directory.path, RUNLIGHT_FAST_LANE: "false" },
  });
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  const { flushed, ended, flushMs, shutdownMs } = lastLine(stdout) as Record<string, number>;
  expect({ flushed, ended }).toEqual({ flushed: false, ended: false });
  // The bounds are 300 and 400 ms; the user's parts never answer, and a busy machine takes its time.
  expect(flushMs).toBeLessThan(20_000);
  expect(shutdownMs).toBeLessThan(20_000);
  const contents = readSpools(directory.path);
  expect(contents.spans.map((span) => span.name)).toEqual(["a span"]);
  expect(contents.logRecords.map((record) => record.body)).toContain("a line");
  expect(contents.spools.map((spool) => spool.life)).toEqual(["ended"]);
});

test("within() says whether a promise was fulfilled in time, and never rejects", async () => {
  expect(await within(1000, Promise.resolve())).toBe(true);
  expect(await within(1000, Promise.reject(new Error("no")))).toBe(false);
  expect(await within(0, new Promise(() => {}))).toBe(false);
});
