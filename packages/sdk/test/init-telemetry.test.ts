import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { startOtlpSink, temporaryDirectory } from "@runlight/testing";
import { describe, expect, test } from "vitest";
import { traceIdOfRun } from "../src/providers/run-id-generator.ts";
import { lastLine, runProgram } from "./support/program.ts";
import { lastValue, readSpools } from "./support/read-spool.ts";

const registerUrl = new URL("../dist/register.js", import.meta.url).href;

describe("initTelemetry() called again", () => {
  test("gives the same handle without or with an equal configuration, and rejects another one", async () => {
    using directory = temporaryDirectory();
    const { stdout, stderr } = await runProgram("second-call.ts", { env: { RUNLIGHT_DIRECTORY: directory.path } });
    const [calls, afterwards] = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(calls).toMatchObject({
      together: true,
      absent: true,
      equal: true,
      different:
        "TypeError: Cannot start telemetry a second time: config must be absent or equal to that of the first call, current value differs in service, resourceAttributes",
    });
    expect(calls?.["fault"]).toContain("heartbeatIntervalMs");
    expect(calls?.["fault"]).toContain("sideways");
    expect(afterwards).toEqual({ afterShutdown: true, again: true });
    expect(stderr).toBe("");
    expect(readSpools(directory.path).spools.length).toBe(1);
  });
});

describe("initTelemetry() switched off", () => {
  test.each([{ OTEL_SDK_DISABLED: "true" }, { CONFIG: '{"mode":"off"}' }])(
    "does nothing and writes nothing: %j",
    async (env) => {
      using directory = temporaryDirectory();
      const { stdout, stderr, exitCode } = await runProgram("account.ts", { cwd: directory.path, env });
      expect(exitCode).toBe(0);
      expect(stderr).toBe("");
      expect(readdirSync(directory.path)).toEqual([]);
      expect(lastLine(stdout)).toMatchObject({ flushed: true, ended: true, account: { state: "off", sizeBytes: 0 } });
    },
  );
});

test("initTelemetry() leaves a provider of somebody else, says so once and lets our operations go through it; the other signals are ours", async () => {
  using directory = temporaryDirectory();
  const { stdout, stderr } = await runProgram("other-provider.ts", { env: { RUNLIGHT_DIRECTORY: directory.path } });
  expect(lastLine(stdout)).toEqual({
    spans: ["stage load", "workflow job"],
    providers: { traces: "other", metrics: "other", logs: "runlight" },
  });
  expect(stderr).toBe(
    "telemetry: Somebody else has registered an OpenTelemetry provider (traces, metrics); it stays, and what Runlight emits goes through it, said once\n",
  );
  const contents = readSpools(directory.path);
  expect(contents.spans).toEqual([]);
  expect(contents.logRecords.map((record) => record.eventName)).toContain("workflow.completed");
});

describe("@runlight/sdk/register", () => {
  test("switches telemetry on for a program that does not know of it, once, whatever threads there are", async () => {
    using directory = temporaryDirectory();
    await using sink = await startOtlpSink();
    const { stdout, stderr } = await runProgram("plain.ts", {
      cwd: directory.path,
      nodeOptions: ["--import", registerUrl],
      env: { OTEL_SERVICE_NAME: "registered", OTEL_EXPORTER_OTLP_ENDPOINT: sink.url },
    });
    expect({ stdout, stderr }).toEqual({ stdout: "", stderr: "" });
    const contents = readSpools(join(directory.path, ".runlight"));
    expect(contents.spools.length).toBe(1);
    expect(contents.resources[0]?.["service.name"]).toBe("registered");
    expect(contents.spans.map((span) => span.name)).toEqual(["stage load", "workflow job"]);
    expect(sink.spans.length).toBe(2);
  });

  test("works from NODE_OPTIONS too", async () => {
    using directory = temporaryDirectory();
    const { stderr } = await runProgram("plain.ts", {
      cwd: directory.path,
      env: { NODE_OPTIONS: `--import ${registerUrl}` },
    });
    expect(stderr).toBe("");
    expect(readSpools(join(directory.path, ".runlight")).spools.length).toBe(1);
  });

  test("stops the program before any work when the configuration has faults", async () => {
    using directory = temporaryDirectory();
    const { stderr, exitCode } = await runProgram("plain.ts", {
      cwd: directory.path,
      nodeOptions: ["--import", registerUrl],
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: "nowhere" },
    });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("OTEL_EXPORTER_OTLP_ENDPOINT");
    expect(readdirSync(directory.path)).toEqual([]);
  });
});

test("initTelemetry() can be required from CommonJS", async () => {
  using directory = temporaryDirectory();
  const { stderr, exitCode } = await runProgram("common.cjs", { env: { RUNLIGHT_DIRECTORY: directory.path } });
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  expect(readSpools(directory.path).spans.map((span) => span.name)).toEqual(["stage load", "workflow job"]);
});

test("initTelemetry() with a spool loads no part of the stock SDK, of winston or of the host metrics before it is asked for", async () => {
  using directory = temporaryDirectory();
  const { stdout } = await runProgram("loaded-modules.ts", { env: { RUNLIGHT_DIRECTORY: directory.path } });
  const { started, traced, logged, flushed } = JSON.parse(stdout) as Record<string, string[]>;
  expect(started).toContain("@opentelemetry/api");
  expect(
    started?.filter((name) =>
      /sdk-|exporter|transformer|resources|host-|instrum|api-logs|winston|ajv|child_process/.test(name),
    ),
  ).toEqual([]);
  expect(traced).toContain("@opentelemetry/sdk-trace");
  expect(logged).toContain("winston");
  expect(flushed).toContain("@opentelemetry/sdk-metrics");
  expect(flushed).toContain("@opentelemetry/host-metrics");
  expect(flushed?.filter((name) => /sdk-node|exporter|grpc|configuration|ajv/.test(name))).toEqual([]);
});

describe("initTelemetry() with the user's own parts", () => {
  test("work beside ours, before ours, and end in order; one that fails stops nobody", async () => {
    using directory = temporaryDirectory();
    const { stdout, stderr } = await runProgram("parts.ts", { env: { RUNLIGHT_DIRECTORY: directory.path } });
    expect(stderr).toBe(
      "telemetry: The configured spanProcessors, logRecordProcessors, metricReaders, views do not see workflows, stages, pipelines and kernels; with fastLane: false they do, said once\n",
    );
    const { seen, userReader } = lastLine(stdout) as never as { seen: string[]; userReader: boolean };
    expect(seen).toEqual(["span a span", "flush spans", "flush logs", "shutdown spans"]);
    expect(userReader).toBe(true);
    const contents = readSpools(directory.path);
    expect(contents.spans.map((span) => span.attributes)).toEqual([{ added: "by the user" }]);
    expect(contents.logRecords.find((record) => record.body === "a line")?.attributes).toEqual({
      added: "by the user",
    });
    expect(lastValue(contents, "test.renamed")).toBe(3);
    expect(contents.resources[0]).toMatchObject({ "team.name": "beam", "db.password": "[redacted]" });
  });

  test("a sampler of the user's decides what is written", async () => {
    using directory = temporaryDirectory();
    await runProgram("parts.ts", { env: { RUNLIGHT_DIRECTORY: directory.path, SAMPLER: "off" } });
    expect(readSpools(directory.path).spans).toEqual([]);
  });
});

test("initTelemetry() lets records of the old logs API arrive, from the old winston transport too, and the run counts their warnings", async () => {
  using directory = temporaryDirectory();
  const { stderr } = await runProgram("legacy-logs.ts", { env: { RUNLIGHT_DIRECTORY: directory.path } });
  expect(stderr).toBe("from the console\n");
  const { logRecords } = readSpools(directory.path);
  const old = logRecords.find((record) => record.body === "from the old API");
  expect(old).toMatchObject({ severityNumber: 9, scope: { name: "old", version: "1.0.0" } });
  const fromWinston = logRecords.filter((record) => record.body === "from the old winston transport");
  const stage = logRecords.find((record) => record.eventName === "stage.started");
  expect(fromWinston).toMatchObject([{ severityNumber: 13, attributes: { rows: 3 }, spanId: stage?.spanId }]);
  const summary = logRecords.find((record) => record.eventName === "workflow.summary");
  expect(summary?.attributes["runlight.warning.count"]).toBe(1);
});

test("initTelemetry() lets records of the old logs API arrive that is loaded after it", async () => {
  using directory = temporaryDirectory();
  await runProgram("legacy-logs-late.ts", { env: { RUNLIGHT_DIRECTORY: directory.path } });
  const { logRecords } = readSpools(directory.path);
  expect(logRecords.filter((record) => record.scope.name === "old").map((record) => record.body)).toEqual(["late"]);
});

test("initTelemetry() leaves a provider of the old logs API that was registered before", async () => {
  using directory = temporaryDirectory();
  const { stdout } = await runProgram("legacy-logs-taken.ts", { env: { RUNLIGHT_DIRECTORY: directory.path } });
  expect(stdout).toBe("theirs\n");
});

test("initTelemetry() derives the trace id of a run from its id, and names no arguments in the resource", async () => {
  using directory = temporaryDirectory();
  await runProgram("plain.ts", {
    cwd: directory.path,
    nodeOptions: ["--import", registerUrl],
    args: ["--password=hunter2"],
  });
  const contents = readSpools(join(directory.path, ".runlight"));
  const started = contents.logRecords.find((record) => record.eventName === "workflow.started");
  const runId = String(started?.attributes["workflow.execution.id"]);
  expect(new Set(contents.spans.map((span) => span.traceId))).toEqual(new Set([traceIdOfRun(runId)]));
  const resource = contents.resources[0] ?? {};
  expect(Object.keys(resource).filter((key) => key.startsWith("process.command"))).toEqual([]);
  expect(resource).toMatchObject({
    "telemetry.distro.name": "runlight",
    "telemetry.sdk.language": "nodejs",
    "process.runtime.name": "nodejs",
  });
  expect(readFileSync(join(contents.spools[0]?.directory ?? "", "process.json"), "utf8") + contents.text).not.toContain(
    "hunter2",
  );
});

test("initTelemetry() turns console calls into records where it is asked to, within the run and still printed", async () => {
  using directory = temporaryDirectory();
  const { stderr } = await runProgram("legacy-logs.ts", {
    env: { RUNLIGHT_DIRECTORY: directory.path, RUNLIGHT_CAPTURE_CONSOLE: "true" },
  });
  expect(stderr).toBe("from the console\n");
  const { logRecords } = readSpools(directory.path);
  const stage = logRecords.find((record) => record.eventName === "stage.started");
  expect(logRecords.filter((record) => record.body === "from the console")).toMatchObject([
    { severityNumber: 13, spanId: stage?.spanId },
  ]);
});
