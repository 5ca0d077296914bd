import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startOtlpSink, temporaryDirectory } from "@runlight/testing";
import { describe, expect, test } from "vitest";
import { maxQueueSize } from "../../src/outlet/direct-outlet.ts";
import { lastLine, runProgram } from "../support/program.ts";
import { lastValue, readSpools } from "../support/read-spool.ts";

describe("account()", () => {
  test("tells what is kept where there is no endpoint, and counts what comes after the end", async () => {
    using directory = temporaryDirectory();
    const { stdout } = await runProgram("account.ts", { cwd: directory.path });
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
    const { stdout } = await runProgram("account.ts", {
      cwd: directory.path,
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url },
    });
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
    await runProgram("account.ts", { cwd: directory.path });
    const { metrics } = readSpools(join(directory.path, ".runlight"));
    const names = new Set(metrics.map((metric) => metric.name));
    for (const name of [
      "runlight.spool.records",
      "runlight.spool.size",
      "runlight.ship.records",
      "runlight.ship.failures",
    ])
      expect(names).toContain(name);
    const spans = metrics
      .flatMap((metric) =>
        metric.name === "runlight.spool.records" && metric.type === "sum" ? [...metric.points] : [],
      )
      .findLast((point) => point.attributes["runlight.signal"] === "traces");
    expect(Number(spans?.value)).toBe(3);
    const kept = metrics.findLast((metric) => metric.name === "runlight.spool.records");
    expect(kept).toMatchObject({ type: "sum", monotonic: true, temporality: "cumulative", unit: "{record}" });
  });

  test("tells of a signal that is switched off that nothing is kept", async () => {
    using directory = temporaryDirectory();
    await runProgram("account.ts", {
      cwd: directory.path,
      env: { OTEL_TRACES_EXPORTER: "none", OTEL_METRICS_EXPORTER: "none" },
    });
    const contents = readSpools(join(directory.path, ".runlight"));
    expect(contents.spans).toEqual([]);
    expect(contents.metrics).toEqual([]);
    expect(contents.logRecords.map((record) => record.eventName)).toContain("workflow.completed");
  });
});

describe("initTelemetry() with a directory that cannot be used", () => {
  test("stops no job: without an endpoint everything is discarded and counted, said once", async () => {
    using directory = temporaryDirectory();
    writeFileSync(join(directory.path, ".runlight"), "a file");
    const { stdout, stderr, exitCode } = await runProgram("account.ts", { cwd: directory.path });
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(
      /^telemetry: Cannot open a spool: .*\.runlight\/spool must be a directory.*; nothing is kept, said once\n$/,
    );
    expect(lastLine(stdout)).toMatchObject({
      account: { state: "discard", signals: { traces: { kept: 0, dropped: { closed: 3 } } } },
    });
  });

  test("with an endpoint everything is sent without disk", async () => {
    using directory = temporaryDirectory();
    await using sink = await startOtlpSink();
    writeFileSync(join(directory.path, ".runlight"), "a file");
    const { stdout, stderr } = await runProgram("account.ts", {
      cwd: directory.path,
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url },
    });
    expect(stderr).toMatch(/; sending without disk, said once\n$/);
    expect(lastLine(stdout)).toMatchObject({
      flushed: true,
      account: { state: "direct", signals: { traces: { shipped: 3, dropped: {} } } },
    });
    expect(sink.spans.map((span) => span.name).toSorted()).toEqual(["a span", "stage load", "workflow job"]);
  });
});

describe("initTelemetry() in mode direct", () => {
  test.each(["http/protobuf", "http/json"])(
    "sends everything by %s, secrets taken out, without disk",
    async (protocol) => {
      using directory = temporaryDirectory();
      await using sink = await startOtlpSink();
      const { stdout, stderr } = await runProgram("account.ts", {
        cwd: directory.path,
        env: {
          CONFIG: '{"mode":"direct"}',
          OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
          OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        },
      });
      expect(stderr).toBe("");
      expect(existsSync(join(directory.path, ".runlight", "spool"))).toBe(false);
      expect(new Set(sink.requests.map((request) => request.encoding))).toEqual(
        new Set([protocol === "http/json" ? "json" : "protobuf"]),
      );
      expect(sink.spans.map((span) => span.name).toSorted()).toEqual(["a span", "stage load", "workflow job"]);
      expect(sink.spans.find((span) => span.name === "a span")?.attributes).toEqual({ token: "[redacted]" });
      expect(sink.logRecords.map((record) => record.body)).toContain("password=[redacted]");
      expect(sink.metricPoints.find((point) => point.name === "test.rows")?.value).toBe(3);
      expect(lastLine(stdout)).toMatchObject({
        flushed: true,
        ended: true,
        account: { state: "direct", signals: { traces: { kept: 0, shipped: 3, dropped: {}, pending: 0 } } },
      });
    },
  );

  test("tells once that nobody listens, counts what is lost and ends well", async () => {
    using directory = temporaryDirectory();
    await using sink = await startOtlpSink();
    await sink.stop();
    const { stdout, stderr, exitCode } = await runProgram("account.ts", {
      cwd: directory.path,
      env: { CONFIG: '{"mode":"direct"}', OTEL_EXPORTER_OTLP_ENDPOINT: sink.url, OTEL_EXPORTER_OTLP_TIMEOUT: "500" },
    });
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^telemetry: Cannot send to .*ECONNREFUSED.*, said once\n$/);
    expect(lastLine(stdout)).toMatchObject({
      flushed: true,
      account: { signals: { traces: { shipped: 0, dropped: { rejected: 3 } } } },
    });
  });
});

test("initTelemetry() in mode direct sends as many spans as its queue holds, and counts those beyond", async () => {
  using directory = temporaryDirectory();
  await using sink = await startOtlpSink();
  const burst = async (spans: number): Promise<Record<string, unknown>> => {
    sink.clear();
    const { stdout } = await runProgram("burst.ts", {
      cwd: directory.path,
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url, SPANS: String(spans) },
    });
    return lastLine(stdout);
  };
  // The first batch leaves the queue as soon as it is full.
  const most = maxQueueSize + 512;
  expect(await burst(most)).toMatchObject({ signals: { traces: { shipped: most, dropped: {}, pending: 0 } } });
  expect(sink.spans.length).toBe(most);
  expect(await burst(most + 1)).toMatchObject({
    signals: { traces: { shipped: most, dropped: { buffer_full: 1 }, pending: 0 } },
  });
  expect(sink.spans.length).toBe(most);
});
