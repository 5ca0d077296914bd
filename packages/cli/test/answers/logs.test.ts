import { spawn } from "node:child_process";
import { once } from "node:events";
import { temporaryDirectory } from "@runlight/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { recordProcess, recordedRun, recordedStart } from "../support/recorded-runs.ts";
import { cliPath, runCli } from "../support/run-cli.ts";

const runId = "20261122_142501-00000001";
const stack = "RangeError: singular\n    at solve (fit.js:3:1)";

const recorded = temporaryDirectory();
recordProcess(
  recorded.path,
  recordedRun(runId, {
    said: [
      {
        at: recordedStart + 1100,
        body: "reading rows",
        attributes: { file: "a b.csv", rows: 12, "runlight.subject.id": "2001-01" },
      },
      { at: recordedStart + 1200, severity: 5, body: "detail" },
      { at: recordedStart + 1300, severity: 13, body: { disk: "slow" } },
      {
        at: recordedStart + 1400,
        severity: 17,
        body: "broke",
        attributes: { "exception.type": "RangeError", "exception.message": "singular", "exception.stacktrace": stack },
      },
      { at: recordedStart + 1500, severity: 0, body: "two\nlines \u001b[2J" },
    ],
  }),
);

describe("runlight logs", () => {
  test("prints info and above, with attributes, errors and stacks", async () => {
    const { stdout, stderr, exitCode } = await runCli(["logs"], { cwd: recorded.path, env: { TZ: "Asia/Kolkata" } });
    expect(stdout.split("\n")).toEqual([
      "2026-11-22 19:55:01.000 +05:30 INFO  workflow monthly-processing started",
      "2026-11-22 19:55:02.000 +05:30 INFO  stage load started",
      "2026-11-22 19:55:02.100 +05:30 INFO  [load 2001-01] reading rows file=a b.csv rows=12",
      '2026-11-22 19:55:02.300 +05:30 WARN  [load] {"disk":"slow"}',
      "2026-11-22 19:55:02.400 +05:30 ERROR [load] broke: RangeError: singular",
      "    RangeError: singular",
      "        at solve (fit.js:3:1)",
      "2026-11-22 19:55:02.500 +05:30 -     [load] two",
      "    lines ",
      "2026-11-22 19:55:04.000 +05:30 INFO  stage load ended in success after 2.0 s",
      "2026-11-22 19:55:11.000 +05:30 INFO  workflow monthly-processing ended in success after 10.0 s",
      "",
    ]);
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  });

  test.each([
    [
      ["--level", "WARN", "--stage", "load"],
      [{ disk: "slow" }, "broke"],
    ],
    [["--level", "trace", "--search", "DETAIL"], ["detail"]],
    [["--tail", "1"], ["workflow monthly-processing ended in success after 10.0 s"]],
    [["--stage", "fit"], []],
  ])("%j chooses", async (options, bodies) => {
    const { stdout, exitCode } = await runCli(["logs", runId, "--json", ...options], { cwd: recorded.path });
    const document = JSON.parse(stdout) as { records: { body: unknown }[] };
    expect(document.records.map(({ body }) => body)).toEqual(bodies);
    expect(exitCode).toBe(0);
  });

  test("--json prints one document with every key", async () => {
    const { stdout } = await runCli(["logs", "--json", "--search", "reading"], { cwd: recorded.path });
    expect(JSON.parse(stdout)).toStrictEqual({
      runId,
      workflow: "monthly-processing",
      records: [
        {
          time: "2026-11-22T14:25:02.100Z",
          timeUnixNano: "1795357502100000000",
          level: "info",
          severityNumber: 9,
          eventName: null,
          stage: "load",
          body: "reading rows",
          attributes: {
            "workflow.execution.id": runId,
            "workflow.definition.name": "monthly-processing",
            "runlight.stage.name": "load",
            file: "a b.csv",
            rows: 12,
            "runlight.subject.id": "2001-01",
          },
          traceId: "0af7651916cd43dd8448eb211c80319c",
          spanId: "00f067aa0ba902b7",
          scope: "@runlight/core",
          service: "flights",
          host: "beam-04",
          pid: 4711,
        },
      ],
      notices: [],
    });
  });

  test.each([
    [
      ["--level", "loud"],
      "runlight: --level must be one of trace, debug, info, warn, error, fatal, current value is loud\n",
    ],
    [
      ["--tail", "many"],
      "runlight: option '--tail <n>' argument 'many' is invalid. It must be a whole number from 1 to 100000.\n",
    ],
  ])("%j is a wrong question", async (options, stderr) => {
    expect(await runCli(["logs", ...options], { cwd: recorded.path })).toMatchObject({
      stdout: "",
      stderr,
      exitCode: 2,
    });
  });

  test("ends quietly when its reader has read enough", async () => {
    using long = temporaryDirectory();
    const said = Array.from({ length: 20_000 }, (_, line) => ({
      at: recordedStart + 1000,
      body: `line ${line} ${"x".repeat(80)}`,
    }));
    recordProcess(long.path, recordedRun(runId, { said }));
    const child = spawn(process.execPath, [cliPath, "logs"], { cwd: long.path, env: { TZ: "UTC" } });
    onTestFinished(() => void child.kill("SIGKILL"));
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    await once(child.stdout, "data");
    child.stdout.destroy();
    const [exitCode, signal] = (await once(child, "exit")) as [number | null, string | null];
    expect({ exitCode, signal, stderr }).toEqual({ exitCode: 0, signal: null, stderr: "" });
  });
});
