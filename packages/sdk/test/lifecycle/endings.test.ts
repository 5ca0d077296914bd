import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { startOtlpSink, temporaryDirectory } from "@runlight/testing";
import { expect, test } from "vitest";
import { runProgram, startProgram } from "../support/program.ts";
import { lastValue, readSpools } from "../support/read-spool.ts";

interface Ending {
  readonly how: string;
  readonly exitCode: number | null;
  readonly signal?: string;
  readonly life?: string;
}

const endings: readonly Ending[] = [
  { how: "natural", exitCode: 0 },
  { how: "code", exitCode: 5 },
  { how: "exit", exitCode: 3 },
  { how: "exit-listener", exitCode: 0 },
  { how: "throw", exitCode: 1 },
  { how: "throw-value", exitCode: 1 },
  { how: "rejection", exitCode: 1 },
  { how: "user-uncaught", exitCode: 0 },
  { how: "user-rejection", exitCode: 0 },
  { how: "again", exitCode: 0 },
  { how: "SIGTERM", exitCode: null, signal: "SIGTERM" },
  { how: "SIGINT", exitCode: null, signal: "SIGINT" },
  { how: "listen-SIGTERM", exitCode: 7 },
  { how: "listen-SIGINT", exitCode: 7 },
  { how: "exit-inside", exitCode: 4, life: "lost" },
];

/** What a process would wait that let its last request run its time, long enough that a busy machine's start of a process is none of it. */
const requestTimeoutMs = 60_000;
const patientRequests = { OTEL_EXPORTER_OTLP_TIMEOUT: String(requestTimeoutMs) };

test.each(endings)(
  "initTelemetry() keeps what a process emitted that ends by $how, and lets it end and print as without telemetry",
  async ({ how, exitCode, signal = null, life = "ended" }) => {
    using directory = temporaryDirectory();
    const env = { RUNLIGHT_DIRECTORY: directory.path };
    const [without, result] = await Promise.all([
      runProgram("ending.ts", { args: [how], env: { ...env, TELEMETRY: "off" } }),
      runProgram("ending.ts", { args: [how], env }),
    ]);
    expect({ exitCode: result.exitCode, signal: result.signal }).toEqual({ exitCode, signal });
    expect({ ...result, durationMs: 0 }).toEqual({ ...without, durationMs: 0 });

    const contents = readSpools(directory.path);
    expect(contents.spools.map((spool) => spool.life)).toEqual([life]);
    expect(contents.spans.map((span) => span.name)).toEqual(
      expect.arrayContaining(["a span", "stage load", "workflow job"]),
    );
    expect(contents.logRecords.map((record) => record.body)).toContain("a line");
    expect(contents.logRecords.map((record) => record.eventName)).toEqual(
      expect.arrayContaining([
        "telemetry.started",
        "workflow.started",
        "stage.started",
        "stage.completed",
        "workflow.completed",
        "workflow.summary",
        "telemetry.stopped",
      ]),
    );
    expect(lastValue(contents, "test.rows")).toBe(7);
  },
);

test("initTelemetry() lets SIGKILL take nothing that was to be in the file at once", async () => {
  using directory = temporaryDirectory();
  const result = await runProgram("ending.ts", { args: ["SIGKILL"], env: { RUNLIGHT_DIRECTORY: directory.path } });
  expect(result.signal).toBe("SIGKILL");
  const contents = readSpools(directory.path);
  expect(contents.spools.map((spool) => spool.life)).toEqual(["lost"]);
  expect(contents.spans.map((span) => span.name)).toEqual(expect.arrayContaining(["stage load", "workflow job"]));
  expect(contents.logRecords.map((record) => record.eventName)).toEqual(
    expect.arrayContaining([
      "workflow.started",
      "stage.started",
      "stage.completed",
      "workflow.completed",
      "workflow.summary",
    ]),
  );
});

test.each([
  { how: "throw", type: "Error", message: "boom password=[redacted]" },
  { how: "throw-value", type: "string", message: "just text" },
  { how: "rejection", type: "Error", message: "boom password=[redacted]" },
  { how: "user-uncaught", type: "Error", message: "boom password=[redacted]" },
])(
  "initTelemetry() records an exception that leaves the process by $how once, secrets taken out",
  async ({ how, type, message }) => {
    using directory = temporaryDirectory();
    await runProgram("ending.ts", { args: [how], env: { RUNLIGHT_DIRECTORY: directory.path } });
    const contents = readSpools(directory.path);
    const records = contents.logRecords.filter((record) => record.eventName === "exception");
    expect(records.map(({ severityNumber, attributes }) => ({ severityNumber, attributes }))).toMatchObject([
      {
        severityNumber: 21,
        attributes: { "exception.type": type, "exception.message": message, "exception.escaped": true },
      },
    ]);
    expect(contents.text).not.toContain("hunter2");
  },
);

test("initTelemetry() records no rejection that the program handles itself", async () => {
  using directory = temporaryDirectory();
  await runProgram("ending.ts", { args: ["user-rejection"], env: { RUNLIGHT_DIRECTORY: directory.path } });
  expect(readSpools(directory.path).logRecords.filter((record) => record.eventName === "exception")).toEqual([]);
});

test("initTelemetry() keeps what exit listeners and idle work emit, whenever they were added", async () => {
  using directory = temporaryDirectory();
  const env = { RUNLIGHT_DIRECTORY: directory.path };
  await runProgram("ending.ts", { args: ["exit-listener"], env });
  await runProgram("ending.ts", { args: ["again"], env });
  const bodies = readSpools(directory.path).logRecords.map((record) => record.body);
  expect(bodies).toEqual(expect.arrayContaining(["from the exit listener", "again 1", "again 2"]));
});

test.each(["natural", "code", "SIGTERM"])(
  "initTelemetry() ships everything before a process ends by %s",
  async (how) => {
    using directory = temporaryDirectory();
    await using sink = await startOtlpSink();
    await runProgram("ending.ts", {
      args: [how],
      env: { RUNLIGHT_DIRECTORY: directory.path, OTEL_EXPORTER_OTLP_ENDPOINT: sink.url },
    });
    expect(sink.spans.map((span) => span.name).toSorted()).toEqual(["a span", "stage load", "workflow job"]);
    const events = sink.logRecords.map((record) => record.eventName);
    expect(events.filter((name) => name === "telemetry.stopped")).toEqual(["telemetry.stopped"]);
    expect(sink.metricPoints.findLast((point) => point.name === "test.rows")?.value).toBe(7);
  },
);

test("initTelemetry() lets a process end soon whose receiver refuses, says so once and keeps everything", async () => {
  using directory = temporaryDirectory();
  await using sink = await startOtlpSink();
  await sink.stop();
  const result = await runProgram("ending.ts", {
    args: ["natural"],
    env: { RUNLIGHT_DIRECTORY: directory.path, OTEL_EXPORTER_OTLP_ENDPOINT: sink.url, ...patientRequests },
  });
  expect(result.exitCode).toBe(0);
  expect(result.durationMs).toBeLessThan(requestTimeoutMs);
  const lines = result.stderr.split("\n").filter((line) => line !== "");
  expect(lines.length).toBe(1);
  expect(lines[0]).toMatch(/^telemetry: Cannot ship to .*\/v1\/traces.*; it stays in .* and is sent later, said once$/);
  expect(readSpools(directory.path).spans.length).toBe(3);
});

test("initTelemetry() lets a process end within its bound whose receiver never answers", async () => {
  using directory = temporaryDirectory();
  await using sink = await startOtlpSink();
  sink.hang();
  const result = await runProgram("ending.ts", {
    args: ["natural"],
    env: {
      RUNLIGHT_DIRECTORY: directory.path,
      OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
      RUNLIGHT_SHUTDOWN_TIMEOUT: "1500",
      ...patientRequests,
    },
  });
  expect(result.exitCode).toBe(0);
  expect(result.durationMs).toBeGreaterThan(1400);
  expect(result.durationMs).toBeLessThan(requestTimeoutMs);
});

test("initTelemetry() puts the end by SIGTERM off by two seconds at most, whose receiver never answers", async () => {
  using directory = temporaryDirectory();
  await using sink = await startOtlpSink();
  sink.hang();
  const env = { RUNLIGHT_DIRECTORY: directory.path, OTEL_EXPORTER_OTLP_ENDPOINT: sink.url, ...patientRequests };
  await using child = startProgram("ending.ts", { args: ["wait"], env });
  await child.waitForOutput("ready");
  const sentAt = performance.now();
  child.kill("SIGTERM");
  expect((await child.ended).signal).toBe("SIGTERM");
  expect(performance.now() - sentAt).toBeGreaterThan(1900);
  expect(performance.now() - sentAt).toBeLessThan(requestTimeoutMs);
  expect(readSpools(directory.path).logRecords.map((record) => record.eventName)).toContain("telemetry.stopped");
});

test("initTelemetry() leaves runs/<run id>/summary.json for people", async () => {
  using directory = temporaryDirectory();
  await runProgram("ending.ts", { args: ["natural"], env: { RUNLIGHT_DIRECTORY: directory.path } });
  const runs = readdirSync(join(directory.path, "runs"));
  expect(runs.length).toBe(1);
  const summary: unknown = JSON.parse(
    readFileSync(join(directory.path, "runs", runs[0] ?? "", "summary.json"), "utf8"),
  );
  expect(summary).toMatchObject({ runId: runs[0], workflow: "job", status: "success", slowestStage: "load" });
});
