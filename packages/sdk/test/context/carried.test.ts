import { temporaryDirectory } from "@runlight/testing";
import { expect, test } from "vitest";
import { lastLine, runProgram } from "../support/program.ts";

/** Every step a program can have, each form of an operation and each pace. */
const all = [
  "bind detach event log operation queue retry span",
  "call generator start synchronous wrap",
  "kernel pipeline stage workflow",
  "afterwards, at once, in another run",
  "callback immediate microtask timer",
]
  .flatMap((words) => words.split(words.includes(",") ? ", " : " "))
  .toSorted();

test.each([
  { lane: "fast", fastLane: true, seed: 1 },
  { lane: "stock", fastLane: false, seed: 2 },
])(
  "initTelemetry() puts run, stage, pipeline and what is bound on every span and record inside, and on no other, $lane lane",
  { timeout: 120_000 },
  async ({ fastLane, seed }) => {
    using directory = temporaryDirectory();
    const { stdout, stderr, exitCode } = await runProgram("trees.ts", {
      env: {
        RUNLIGHT_DIRECTORY: directory.path,
        RUNLIGHT_FAST_LANE: String(fastLane),
        TREES: "200",
        SEED: String(seed),
      },
    });
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    const { spans, records, inRuns, steps } = lastLine(stdout);
    expect(steps).toEqual(all);
    expect([spans, records, inRuns].map((count) => Number(count) > 1000)).toEqual([true, true, true]);
  },
);
