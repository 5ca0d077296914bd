import { temporaryDirectory } from "@runlight/testing";
import { describe, expect, test } from "vitest";
import { recordProcess, recordedRun, recordedStart } from "../support/recorded-runs.ts";
import { runCli } from "../support/run-cli.ts";

const first = "20261122_142501-00000001";
const second = "20261122_142601-00000002";

const recorded = temporaryDirectory();
recordProcess(recorded.path, [
  ...recordedRun(first),
  ...recordedRun(second, {
    startMs: recordedStart + 60_000,
    said: [
      { at: recordedStart + 62_000, severity: 13, body: "slow \u001b[31mdisk" },
      {
        at: recordedStart + 62_500,
        severity: 17,
        body: "no file",
        attributes: { "exception.type": "Error", "exception.message": "ENOENT" },
      },
    ],
  }),
]);

describe("runlight show", () => {
  test.each([[], ["latest"], [second], ["20261122_1426"]])("%j shows the newest run", async (...reference) => {
    const { stdout, stderr, exitCode } = await runCli(["show", ...reference], { cwd: recorded.path });
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    expect(stdout.split("\n")).toEqual([
      "monthly-processing  success  10.0 s",
      "  run       20261122_142601-00000002",
      "  trace     0af7651916cd43dd8448eb211c80319c",
      "  started   2026-11-22 14:26:01 UTC (manual)",
      "  success   stages 1 of 1",
      "",
      "stages",
      "  load       2.0 s   20% █████",
      "",
      "bottlenecks",
      "  stage load       2.0 s   20%",
      "",
      "warnings (1)",
      "  slow disk [load]",
      "",
      "errors (1)",
      "  stage load: Error: ENOENT",
      "",
    ]);
  });

  test("--json prints the summary with every key", async () => {
    const { stdout, exitCode } = await runCli(["show", first, "--json"], { cwd: recorded.path });
    expect(JSON.parse(stdout)).toStrictEqual({
      runId: first,
      workflow: "monthly-processing",
      status: "success",
      traceId: "0af7651916cd43dd8448eb211c80319c",
      startTime: "2026-11-22T14:25:01.000Z",
      endTime: "2026-11-22T14:25:11.000Z",
      durationSeconds: 10,
      selfSeconds: null,
      trigger: "manual",
      stages: [
        {
          name: "load",
          count: 1,
          failed: 0,
          durationSeconds: 2,
          selfSeconds: 2,
          share: 0.2,
          items: 0,
          itemsUnit: null,
          itemsPerSecond: 0,
          startMemoryBytes: null,
          endMemoryBytes: null,
          peakMemoryBytes: null,
        },
      ],
      slowestStage: "load",
      pipelines: [],
      kernels: [],
      bottlenecks: [{ kind: "stage", name: "load", selfSeconds: 2, share: 0.2 }],
      success: {
        stages: { count: 1, failed: 0, rate: 1 },
        pipelines: { count: 0, failed: 0, rate: null },
        kernels: { count: 0, failed: 0, rate: null },
        attempts: { count: 0, failed: 0, rate: null },
      },
      items: [],
      progress: null,
      peakMemoryBytes: null,
      checks: [],
      artifacts: [],
      warnings: { count: 0, first: [] },
      errors: { count: 0, first: [] },
      open: [],
      eta: null,
    });
    expect(exitCode).toBe(0);
  });

  test("tells a run that is not there", async () => {
    expect(await runCli(["show", "2027"], { cwd: recorded.path })).toMatchObject({
      stdout: "",
      stderr: `runlight: no run 2027 in ${recorded.path}/.runlight: list them with \`runlight runs\`\n`,
      exitCode: 1,
    });
  });

  test("tells the runs that an ambiguous beginning fits", async () => {
    expect(await runCli(["show", "2026"], { cwd: recorded.path })).toMatchObject({
      stdout: "",
      stderr: `runlight: 2026 is the beginning of 2 runs: ${second}, ${first}; give more of the id\n`,
      exitCode: 1,
    });
  });
});
