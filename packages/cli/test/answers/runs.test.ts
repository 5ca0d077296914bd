import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryDirectory } from "@runlight/testing";
import { describe, expect, test } from "vitest";
import { recordProcess, recordedRun, recordedStart } from "../support/recorded-runs.ts";
import { runCli } from "../support/run-cli.ts";

const first = "20261122_142501-00000001";
const second = "20261122_142601-00000002";

const recorded = temporaryDirectory();
const spool = recordProcess(recorded.path, [
  ...recordedRun(first),
  ...recordedRun(second, { startMs: recordedStart + 60_000, outcome: "failure" }),
]);

describe("runlight runs", () => {
  test("prints a table, newest first, in local time", async () => {
    const { stdout, stderr, exitCode } = await runCli(["runs"], { cwd: recorded.path, env: { TZ: "Europe/Berlin" } });
    expect(stdout).toBe(
      [
        "RUN                       WORKFLOW            STATUS   STARTED                     DURATION  STAGES  PROGRESS  HOST",
        "20261122_142601-00000002  monthly-processing  failure  2026-11-22 15:26:01 +01:00    10.0 s       1         -  beam-04:4711",
        "20261122_142501-00000001  monthly-processing  success  2026-11-22 15:25:01 +01:00    10.0 s       1         -  beam-04:4711",
        "",
      ].join("\n"),
    );
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  });

  test("--json prints one document with every key", async () => {
    const { stdout, exitCode } = await runCli(["runs", "--json"], { cwd: recorded.path, env: { TZ: "Europe/Berlin" } });
    const shared = {
      workflow: "monthly-processing",
      service: "flights",
      host: "beam-04",
      pid: 4711,
      traceId: "0af7651916cd43dd8448eb211c80319c",
      progress: null,
      lostEvidence: null,
      eta: null,
      spool,
    };
    expect(JSON.parse(stdout)).toStrictEqual({
      directory: join(recorded.path, ".runlight"),
      runs: [
        {
          ...shared,
          runId: second,
          status: "failure",
          startTime: "2026-11-22T14:26:01.000Z",
          endTime: "2026-11-22T14:26:11.000Z",
          durationSeconds: 10,
          stages: { done: 1, failed: 0, open: 0 },
        },
        {
          ...shared,
          runId: first,
          status: "success",
          startTime: "2026-11-22T14:25:01.000Z",
          endTime: "2026-11-22T14:25:11.000Z",
          durationSeconds: 10,
          stages: { done: 1, failed: 0, open: 0 },
        },
      ],
      notices: [],
    });
    expect(exitCode).toBe(0);
  });

  test.each([
    [["--limit", "1"], [second]],
    [["--status", "success"], [first]],
    [["--status", "running, failure"], [second]],
  ])("%j chooses", async (options, expected) => {
    const { stdout } = await runCli(["runs", "--json", ...options], { cwd: recorded.path });
    expect((JSON.parse(stdout) as { runs: { runId: string }[] }).runs.map(({ runId }) => runId)).toEqual(expected);
  });

  test("says so where no run has the status", async () => {
    const { stdout, stderr, exitCode } = await runCli(["runs", "--status", "timeout"], { cwd: recorded.path });
    expect({ stdout, stderr, exitCode }).toEqual({
      stdout: "",
      stderr: `runlight: no runs with status timeout in ${join(recorded.path, ".runlight")}\n`,
      exitCode: 1,
    });
  });

  test.each([
    [
      ["--status", "broken"],
      "runlight: --status must be some of running, silent, lost, success, failure, cancellation, timeout, skip, error, current value is broken\n",
    ],
    [
      ["--limit", "0"],
      "runlight: option '--limit <n>' argument '0' is invalid. It must be a whole number from 1 to 100000.\n",
    ],
    [
      ["--limit", "100001"],
      "runlight: option '--limit <n>' argument '100001' is invalid. It must be a whole number from 1 to 100000.\n",
    ],
    [["--limt", "5"], "runlight: unknown option '--limt' (Did you mean --limit?)\n"],
    [["latest"], "runlight: too many arguments for 'runs'. Expected 0 arguments but got 1: latest.\n"],
  ])("%j is a wrong question", async (options, stderr) => {
    expect(await runCli(["runs", ...options], { cwd: recorded.path })).toMatchObject({
      stdout: "",
      stderr,
      exitCode: 2,
    });
  });

  test("takes the directory from --directory, else from RUNLIGHT_DIRECTORY, empty as none", async () => {
    using elsewhere = temporaryDirectory();
    const directory = join(recorded.path, ".runlight");
    const byOption = await runCli(["runs", "--directory", directory, "--limit", "1"], { cwd: elsewhere.path });
    const byVariable = await runCli(["runs", "--limit", "1"], {
      cwd: elsewhere.path,
      env: { RUNLIGHT_DIRECTORY: directory },
    });
    const byDefault = await runCli(["runs", "--limit", "1"], { cwd: recorded.path, env: { RUNLIGHT_DIRECTORY: "" } });
    expect(byOption.stdout).toContain(second);
    expect([byVariable.stdout, byDefault.stdout]).toEqual([byOption.stdout, byOption.stdout]);
  });
});

describe("runlight in a directory without runs", () => {
  test.each([["runs"], ["show"], ["logs"], ["recover"]])("%s tells how to start one", async (command) => {
    using empty = temporaryDirectory();
    const directory = join(empty.path, ".runlight");
    expect(await runCli([command], { cwd: empty.path })).toMatchObject({
      stdout: "",
      stderr: `runlight: no runs recorded in ${directory}: there is no such directory; start one with \`initTelemetry()\` and \`workflow()\`, or name another with --directory\n`,
      exitCode: 1,
    });
  });

  test("asks for the directory inside", async () => {
    const { stderr, exitCode } = await runCli(["runs", "--directory", recorded.path], { cwd: recorded.path });
    const directory = join(recorded.path, ".runlight");
    expect({ stderr, exitCode }).toEqual({
      stderr: `runlight: no runs recorded in ${recorded.path}: did you mean --directory ${directory}?\n`,
      exitCode: 1,
    });
  });

  test("tells a directory that cannot be read", async () => {
    using broken = temporaryDirectory();
    mkdirSync(join(broken.path, ".runlight"));
    const path = join(broken.path, ".runlight", "spool");
    writeFileSync(path, "");
    expect(await runCli(["runs"], { cwd: broken.path })).toMatchObject({
      stdout: "",
      stderr: `runlight: cannot read ${path}: it must be a directory that can be listed, the system answered ENOTDIR\n`,
      exitCode: 1,
    });
  });

  test("tells of a process that ran no workflow", async () => {
    using idle = temporaryDirectory();
    recordProcess(idle.path, [{ at: recordedStart, body: "hello" }]);
    const directory = join(idle.path, ".runlight");
    const answer = await runCli(["runs", "--json"], { cwd: idle.path });
    expect(JSON.parse(answer.stdout)).toStrictEqual({ directory, runs: [], notices: [] });
    expect(answer).toMatchObject({
      stderr: `runlight: no runs recorded in ${directory}: start one with \`initTelemetry()\` and \`workflow()\`\n`,
      exitCode: 1,
    });
  });
});

test("runlight runs answers around a corrupt segment and tells it", async () => {
  using damaged = temporaryDirectory();
  const broken = recordProcess(damaged.path, recordedRun(first));
  recordProcess(damaged.path, recordedRun(second, { startMs: recordedStart + 60_000 }));
  const segment = join(
    broken,
    readdirSync(broken).find((name) => name.endsWith(".otlp"))!,
  );
  const bytes = readFileSync(segment);
  bytes[bytes.length >> 1]! ^= 0xff;
  writeFileSync(segment, bytes);
  const { stdout, stderr, exitCode } = await runCli(["runs"], { cwd: damaged.path });
  expect(
    stdout
      .split("\n")
      .slice(1)
      .map((line) => line.slice(0, 24)),
  ).toEqual([second, ""]);
  expect(stderr).toMatch(/^runlight: \S+\.otlp: \d+ bytes from byte \d+ on are corrupt: .+\n$/u);
  expect(stderr).toContain(segment);
  expect(exitCode).toBe(0);
});
