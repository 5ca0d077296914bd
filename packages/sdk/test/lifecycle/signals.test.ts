import { temporaryDirectory } from "@runlight/testing";
import { expect, test } from "vitest";
import { startProgram } from "../support/program.ts";
import { readSpools } from "../support/read-spool.ts";

test.each([
  { how: "signal-exit", printed: "cleaned up for SIGTERM", exitCode: null, signal: "SIGTERM" },
  { how: "once-before", printed: "the program ends in its own time", exitCode: 0, signal: null },
  { how: "exits", printed: "ready", exitCode: 9, signal: null },
])("initTelemetry() leaves SIGTERM to a program that listens by $how", async ({ how, printed, exitCode, signal }) => {
  using directory = temporaryDirectory();
  await using child = startProgram("signals.ts", { env: { RUNLIGHT_DIRECTORY: directory.path, HOW: how } });
  await child.waitForOutput("ready");
  child.kill("SIGTERM");
  const result = await child.ended;
  expect({ exitCode: result.exitCode, signal: result.signal, stderr: result.stderr }).toEqual({
    exitCode,
    signal,
    stderr: "",
  });
  expect(result.stdout).toContain(printed);
  const contents = readSpools(directory.path);
  expect(contents.spools.map((spool) => spool.life)).toEqual(["ended"]);
  expect(contents.logRecords.map((record) => record.body)).toContain("a line");
});
