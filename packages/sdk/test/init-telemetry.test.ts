import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startOtlpSink, temporaryDirectory } from "@runlight/testing";
import { describe, expect, test } from "vitest";
import { traceIdOfRun } from "../src/providers/run-id-generator.ts";
import { runProgram } from "./support/program.ts";
import { lastValue, readSpools } from "./support/read-spool.ts";

const registerUrl = new URL("../dist/register.js", import.meta.url).href;

function lastLine(stdout: string): Record<string, unknown> {
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Record<string, unknown>;
}

describe("a second call", () => {
  test("gives the same handle without or with an equal configuration, and rejects another one", async () => {
    using directory = temporaryDirectory();
    const { stdout, stderr } = await runProgram("second-call.mjs", { env: { DIRECTORY: directory.path } });
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

describe("telemetry that is switched off", () => {
  test.each([{ OTEL_SDK_DISABLED: "true" }, { CONFIG: '{"mode":"off"}' }])("does nothing and writes nothing: %j", async (env) => {
    using directory = temporaryDirectory();
    const { stdout, stderr, exitCode } = await runProgram("account.mjs", { cwd: directory.path, env });
    expect(exitCode).toBe(0);
    expect(stderr).toBe("");
    expect(readdirSync(directory.path)).toEqual([]);
    expect(lastLine(stdout)).toMatchObject({ flushed: true, ended: true, account: { state: "off", sizeBytes: 0 } });
  });
});

describe("the account", () => {
  test("tells what is kept where there is no endpoint, and counts what comes after the end", async () => {
    using directory = temporaryDirectory();
    const { stdout } = await runProgram("account.mjs", { cwd: directory.path });
    const { flushed, ended, account } = lastLine(stdout) as never as {
      flushed: boolean;
      ended: boolean;
      account: { directory: string; signals: Record<string, { kept: number }> };
    };
    const contents = readSpools(join(directory.path, ".runlight"));
    expect({ flushed, ended }).toEqual({ flushed: true, ended: true });
    expect(account.directory).toBe(contents.spools[0]?.directory);
    expect(account).toMatchObject({
      state: "spool",
      bufferedBytes: 0,
      signals: {
        traces: { provider: "runlight", kept: 3, shipped: 0, dropped: {}, pending: 0 },
        logs: { kept: contents.logRecords.length, dropped: { closed: 1 } },
      },
    });
    expect(account.signals["metrics"]?.kept).toBeGreaterThan(0);
    expect(contents.text).not.toContain("hunter2");
    expect(lastValue(contents, "test.rows")).toBe(3);
  });

  test("tells what was shipped where there is an endpoint", async () => {
    using directory = temporaryDirectory();
    await using sink = await startOtlpSink();
    const { stdout } = await runProgram("account.mjs", { cwd: directory.path, env: { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url } });
    expect(lastLine(stdout)).toMatchObject({
      flushed: true,
      ended: true,
      account: {
        state: "spool",
        signals: {
          traces: { endpoint: `${sink.url}/v1/traces`, kept: 3, shipped: 3, pending: 0 },
          logs: { endpoint: `${sink.url}/v1/logs`, pending: 0 },
        },
      },
    });
    expect(sink.spans.length).toBe(3);
  });

  test("is told as metrics", async () => {
    using directory = temporaryDirectory();
    await runProgram("account.mjs", { cwd: directory.path });
    const { metrics } = readSpools(join(directory.path, ".runlight"));
    const names = new Set(metrics.map((metric) => metric.name));
    for (const name of ["runlight.spool.records", "runlight.spool.size", "runlight.ship.records", "runlight.ship.failures"]) expect(names).toContain(name);
    const kept = metrics.findLast((metric) => metric.name === "runlight.spool.records");
    expect(kept).toMatchObject({ type: "sum", monotonic: true, temporality: "cumulative", unit: "{record}" });
  });

  test("a signal that is switched off is not written", async () => {
    using directory = temporaryDirectory();
    await runProgram("account.mjs", { cwd: directory.path, env: { OTEL_TRACES_EXPORTER: "none", OTEL_METRICS_EXPORTER: "none" } });
    const contents = readSpools(join(directory.path, ".runlight"));
    expect(contents.spans).toEqual([]);
    expect(contents.metrics).toEqual([]);
    expect(contents.logRecords.map((record) => record.eventName)).toContain("workflow.completed");
  });
});

describe("a directory that cannot be used", () => {
  test("stops no job: without an endpoint everything is discarded and counted, said once", async () => {
    using directory = temporaryDirectory();
    writeFileSync(join(directory.path, ".runlight"), "a file");
    const { stdout, stderr, exitCode } = await runProgram("account.mjs", { cwd: directory.path });
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^telemetry: Cannot open a spool: .*\.runlight\/spool must be a directory.*; nothing is kept, said once\n$/);
    expect(lastLine(stdout)).toMatchObject({ account: { state: "discard", signals: { traces: { kept: 0, dropped: { closed: 3 } } } } });
  });

  test("with an endpoint everything is sent without disk", async () => {
    using directory = temporaryDirectory();
    await using sink = await startOtlpSink();
    writeFileSync(join(directory.path, ".runlight"), "a file");
    const { stdout, stderr } = await runProgram("account.mjs", { cwd: directory.path, env: { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url } });
    expect(stderr).toMatch(/; sending without disk, said once\n$/);
    expect(lastLine(stdout)).toMatchObject({ flushed: true, account: { state: "direct", signals: { traces: { shipped: 3, dropped: {} } } } });
    expect(sink.spans.map((span) => span.name).toSorted()).toEqual(["a span", "stage load", "workflow job"]);
  });
});

describe("mode direct", () => {
  test.each(["http/protobuf", "http/json"])("sends everything by %s, secrets taken out, without disk", async (protocol) => {
    using directory = temporaryDirectory();
    await using sink = await startOtlpSink();
    const { stdout, stderr } = await runProgram("account.mjs", {
      cwd: directory.path,
      env: { CONFIG: '{"mode":"direct"}', OTEL_EXPORTER_OTLP_ENDPOINT: sink.url, OTEL_EXPORTER_OTLP_PROTOCOL: protocol },
    });
    expect(stderr).toBe("");
    expect(existsSync(join(directory.path, ".runlight", "spool"))).toBe(false);
    expect(new Set(sink.requests.map((request) => request.encoding))).toEqual(new Set([protocol === "http/json" ? "json" : "protobuf"]));
    expect(sink.spans.map((span) => span.name).toSorted()).toEqual(["a span", "stage load", "workflow job"]);
    expect(sink.spans.find((span) => span.name === "a span")?.attributes).toEqual({ token: "[redacted]" });
    expect(sink.logRecords.map((record) => record.body)).toContain("password=[redacted]");
    expect(sink.metricPoints.find((point) => point.name === "test.rows")?.value).toBe(3);
    expect(lastLine(stdout)).toMatchObject({
      flushed: true,
      ended: true,
      account: { state: "direct", signals: { traces: { kept: 0, shipped: 3, dropped: {}, pending: 0 } } },
    });
  });

  test("tells once that nobody listens, counts what is lost and ends well", async () => {
    using directory = temporaryDirectory();
    await using sink = await startOtlpSink();
    await sink.stop();
    const { stdout, stderr, exitCode } = await runProgram("account.mjs", {
      cwd: directory.path,
      env: { CONFIG: '{"mode":"direct"}', OTEL_EXPORTER_OTLP_ENDPOINT: sink.url, OTEL_EXPORTER_OTLP_TIMEOUT: "500" },
    });
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^telemetry: Cannot send to .*ECONNREFUSED.*, said once\n$/);
    expect(lastLine(stdout)).toMatchObject({ flushed: true, account: { signals: { traces: { shipped: 0, dropped: { rejected: 3 } } } } });
  });
});

test("a provider of somebody else stays, is told once and carries our operations; the other signals are ours", async () => {
  using directory = temporaryDirectory();
  const { stdout, stderr } = await runProgram("other-provider.mjs", { env: { DIRECTORY: directory.path } });
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

describe("a worker thread", () => {
  test.each([
    { how: "natural", printed: "worker ended with 0\n" },
    { how: "exit", printed: "worker ended with 6\n" },
    { how: "throw", printed: "worker failed: boom\nworker ended with 1\n" },
  ])("that ends by $how has a spool of its own, kept whole", async ({ how, printed }) => {
    using directory = temporaryDirectory();
    const { stdout, stderr, exitCode } = await runProgram("worker.mjs", { env: { DIRECTORY: directory.path, WORKER: how } });
    expect({ stdout, stderr, exitCode }).toEqual({ stdout: printed, stderr: "", exitCode: 0 });
    const contents = readSpools(directory.path);
    expect(contents.spools.map((spool) => spool.life)).toEqual(["ended", "ended"]);
    expect(contents.logRecords.map((record) => record.body)).toEqual(expect.arrayContaining(["from the main thread", "from the worker thread"]));
    expect(contents.spans.map((span) => span.name).toSorted()).toEqual(["stage load", "stage load", "workflow main", "workflow worker"]);
    const instances = contents.resources.map((resource) => String(resource["service.instance.id"]));
    expect(instances.length).toBe(2);
    expect(instances.toSorted()[1]).toBe(`${instances.toSorted()[0]}-1`);
    expect(contents.logRecords.filter((record) => record.eventName === "exception").length).toBe(how === "throw" ? 1 : 0);
  });
});

describe("--import @runlight/sdk/register", () => {
  test("switches telemetry on for a program that does not know of it, once, whatever threads there are", async () => {
    using directory = temporaryDirectory();
    await using sink = await startOtlpSink();
    const { stdout, stderr } = await runProgram("plain.mjs", {
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
    const { stderr } = await runProgram("plain.mjs", { cwd: directory.path, env: { NODE_OPTIONS: `--import ${registerUrl}` } });
    expect(stderr).toBe("");
    expect(readSpools(join(directory.path, ".runlight")).spools.length).toBe(1);
  });

  test("stops the program before any work when the configuration has faults", async () => {
    using directory = temporaryDirectory();
    const { stderr, exitCode } = await runProgram("plain.mjs", {
      cwd: directory.path,
      nodeOptions: ["--import", registerUrl],
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: "nowhere" },
    });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("OTEL_EXPORTER_OTLP_ENDPOINT");
    expect(readdirSync(directory.path)).toEqual([]);
  });
});

test("a CommonJS program can require the package", async () => {
  using directory = temporaryDirectory();
  const { stderr, exitCode } = await runProgram("common.cjs", { env: { DIRECTORY: directory.path } });
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  expect(readSpools(directory.path).spans.map((span) => span.name)).toEqual(["stage load", "workflow job"]);
});

test("switching telemetry on with a spool loads no exporter and no NodeSDK", async () => {
  using directory = temporaryDirectory();
  const { stdout } = await runProgram("loaded-modules.mjs", { env: { DIRECTORY: directory.path } });
  const packages = JSON.parse(stdout) as string[];
  expect(packages).toContain("@opentelemetry/sdk-trace");
  expect(packages.filter((name) => /sdk-node|exporter|grpc|configuration|ajv/.test(name))).toEqual([]);
});

describe("the user's own parts", () => {
  test("work beside ours, before ours, and end in order; one that fails stops nobody", async () => {
    using directory = temporaryDirectory();
    const { stdout, stderr } = await runProgram("parts.mjs", { env: { DIRECTORY: directory.path } });
    expect(stderr).toBe("");
    const { seen, userReader } = lastLine(stdout) as never as { seen: string[]; userReader: boolean };
    expect(seen).toEqual(["span a span", "flush spans", "flush logs", "shutdown spans"]);
    expect(userReader).toBe(true);
    const contents = readSpools(directory.path);
    expect(contents.spans.map((span) => span.attributes)).toEqual([{ added: "by the user" }]);
    expect(contents.logRecords.find((record) => record.body === "a line")?.attributes).toEqual({ added: "by the user" });
    expect(lastValue(contents, "test.renamed")).toBe(3);
    expect(contents.resources[0]).toMatchObject({ "team.name": "beam", "db.password": "[redacted]" });
  });

  test("a sampler of the user's decides what is written", async () => {
    using directory = temporaryDirectory();
    await runProgram("parts.mjs", { env: { DIRECTORY: directory.path, SAMPLER: "off" } });
    expect(readSpools(directory.path).spans).toEqual([]);
  });
});

test("records of the old logs API arrive, from the old winston transport too, and the run counts their warnings", async () => {
  using directory = temporaryDirectory();
  const { stderr } = await runProgram("legacy-logs.mjs", { env: { DIRECTORY: directory.path } });
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

test("the trace id of a run derives from its id, and the resource names no arguments", async () => {
  using directory = temporaryDirectory();
  await runProgram("plain.mjs", { cwd: directory.path, nodeOptions: ["--import", registerUrl], args: ["--password=hunter2"] });
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
  expect(readFileSync(join(contents.spools[0]?.directory ?? "", "process.json"), "utf8") + contents.text).not.toContain("hunter2");
});
