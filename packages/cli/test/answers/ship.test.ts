import { startNode, startOtlpSink, temporaryDirectory } from "@runlight/testing";
import { describe, expect, test } from "vitest";
import { goneProcess, recordProcess, recordedRun } from "../support/recorded-runs.ts";
import { cliPath, runCli } from "../support/run-cli.ts";

const runId = "20261122_142501-00000001";

describe("runlight ship", () => {
  test("sends what an ended process left, once", async () => {
    using directory = temporaryDirectory();
    await using sink = await startOtlpSink();
    recordProcess(directory.path, recordedRun(runId), goneProcess);
    const args = ["ship", "--endpoint", sink.url];
    expect(await runCli(args, { cwd: directory.path })).toMatchObject({
      stdout: "shipped 0 spans, 4 log records, 0 metric exports of 1 process\n",
      stderr: "",
      exitCode: 0,
    });
    expect(sink.logRecords.map(({ eventName }) => eventName)).toEqual([
      "workflow.started",
      "stage.started",
      "stage.completed",
      "workflow.completed",
    ]);
    expect(await runCli(args, { cwd: directory.path })).toMatchObject({
      stdout: "nothing left to ship\n",
      stderr: "",
      exitCode: 0,
    });
    expect(sink.logRecords).toHaveLength(4);
  });

  test("--json prints one document with every key; the endpoint may stand in the environment", async () => {
    using directory = temporaryDirectory();
    await using sink = await startOtlpSink();
    const spool = recordProcess(directory.path, recordedRun(runId), goneProcess);
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url };
    const { stdout, exitCode } = await runCli(["ship", "--json"], { cwd: directory.path, env });
    const signal = (name: string, shipped: number): object => ({
      signal: name,
      url: `${sink.url}/v1/${name}`,
      shipped,
      rejected: 0,
      failures: 0,
    });
    expect(JSON.parse(stdout)).toStrictEqual({
      directory: `${directory.path}/.runlight`,
      complete: true,
      spools: [spool],
      skipped: [],
      signals: [signal("traces", 0), signal("metrics", 0), signal("logs", 4)],
      lastError: null,
    });
    expect(exitCode).toBe(0);
  });

  test("gives up in time where nobody listens, keeps what is left and goes on there", async () => {
    using directory = temporaryDirectory();
    await using sink = await startOtlpSink();
    recordProcess(directory.path, recordedRun(runId), goneProcess);
    await sink.stop();
    const refused = await runCli(["ship", "--endpoint", sink.url, "--timeout", "1"], { cwd: directory.path });
    expect(refused.stdout).toMatch(
      /^shipped 0 spans, 0 log records, 0 metric exports of 1 process; \d+ requests failed\n$/u,
    );
    expect(refused.stderr).toMatch(
      /^runlight: the receiver did not take everything in time: logs to \S+\/v1\/logs: connect ECONNREFUSED \S+; what is left stays on disk, try again\n$/u,
    );
    expect(refused.exitCode).toBe(1);
    await sink.restart();
    expect(await runCli(["ship", "--endpoint", sink.url], { cwd: directory.path })).toMatchObject({ exitCode: 0 });
    expect(sink.logRecords).toHaveLength(4);
  });

  test("exits with 1 when the receiver refuses records for good", async () => {
    using directory = temporaryDirectory();
    await using sink = await startOtlpSink();
    recordProcess(directory.path, recordedRun(runId), goneProcess);
    sink.respond(400);
    const { stdout, stderr, exitCode } = await runCli(["ship", "--endpoint", sink.url], { cwd: directory.path });
    expect(stdout).toBe("shipped 0 spans, 0 log records, 0 metric exports of 1 process; 4 refused\n");
    expect(stderr).toMatch(/^runlight: the receiver refused records for good, they stay on disk: [^\n]+\n$/u);
    expect(exitCode).toBe(1);
  });

  test("ends cleanly when it is interrupted", async () => {
    using directory = temporaryDirectory();
    await using sink = await startOtlpSink();
    recordProcess(directory.path, recordedRun(runId), goneProcess);
    sink.hang();
    await using child = startNode([cliPath, "ship", "--endpoint", sink.url], { cwd: directory.path });
    await sink.waitFor(({ requests }) => requests.length > 0);
    child.kill("SIGINT");
    const { stderr, exitCode, signal } = await child.ended;
    expect({ stderr, exitCode, signal }).toEqual({
      stderr: "runlight: interrupted: what is left stays on disk, and the next `runlight ship` goes on there\n",
      exitCode: 1,
      signal: null,
    });
  });

  test("leaves the processes alone that it cannot judge", async () => {
    using directory = temporaryDirectory();
    await using sink = await startOtlpSink();
    recordProcess(directory.path, recordedRun(runId));
    expect(await runCli(["ship", "--endpoint", sink.url], { cwd: directory.path })).toMatchObject({
      stdout: "nothing shipped; 1 process left alone: at work, or not to be judged from this host\n",
      exitCode: 0,
    });
    expect(sink.requests).toEqual([]);
  });

  test.each([
    [
      [],
      "runlight: Cannot ship: endpoint must be the URL of an OTLP/HTTP receiver, current value is none; give --endpoint or OTEL_EXPORTER_OTLP_ENDPOINT\n",
    ],
    [
      ["--endpoint", "collector"],
      'runlight: Cannot start telemetry: endpoint must be an http:// or https:// URL, current value is "collector"\n',
    ],
    [
      ["--timeout", "0"],
      "runlight: option '--timeout <seconds>' argument '0' is invalid. It must be a whole number from 1 to 86400.\n",
    ],
  ])("%j is a wrong question", async (options, stderr) => {
    using directory = temporaryDirectory();
    expect(await runCli(["ship", ...options], { cwd: directory.path })).toMatchObject({
      stdout: "",
      stderr,
      exitCode: 2,
    });
  });

  test("tells where nothing was recorded", async () => {
    using directory = temporaryDirectory();
    const { stderr, exitCode } = await runCli(["ship", "--endpoint", "http://127.0.0.1:9"], { cwd: directory.path });
    expect(stderr).toContain(`runlight: no runs recorded in ${directory.path}/.runlight: there is no such directory`);
    expect(exitCode).toBe(1);
  });
});
