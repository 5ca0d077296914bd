import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { context, logs, metrics } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-http";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-http";
import { BatchLogRecordProcessor, LoggerProvider } from "@opentelemetry/sdk-logs";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { operationChannels, stage, workflow } from "@runlight/core";
import type { RunSummary } from "@runlight/core";
import { startOtlpSink } from "@runlight/testing";
import type { OtlpSink } from "@runlight/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkQuality } from "../src/quality/check-quality.ts";
import { judgeValue } from "../src/quality/judge-value.ts";

describe("checkQuality()", () => {
  let sink: OtlpSink;
  let stop: () => Promise<void>;

  beforeEach(async () => {
    sink = await startOtlpSink();
    const logExporter = new OTLPLogExporter({ url: `${sink.url}/v1/logs` });
    const metricExporter = new OTLPMetricExporter({ url: `${sink.url}/v1/metrics` });
    const loggerProvider = new LoggerProvider({ processors: [new BatchLogRecordProcessor({ exporter: logExporter })] });
    const meterProvider = new MeterProvider({
      readers: [new PeriodicExportingMetricReader({ exporter: metricExporter })],
    });
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    logs.setGlobalLoggerProvider(loggerProvider);
    metrics.setGlobalMeterProvider(meterProvider);
    stop = async () => {
      await loggerProvider.shutdown();
      await meterProvider.shutdown();
    };
  });

  afterEach(async () => {
    context.disable();
    logs.disable();
    metrics.disable();
    await sink.stop();
  });

  test("checkQuality() tells the active run: record, summary and counter", async () => {
    const summaries: RunSummary[] = [];
    const keep = (summary: unknown): void => void summaries.push(summary as RunSummary);
    subscribe(operationChannels.summary, keep);
    const result = await workflow("monthly", () =>
      stage("validate", async () => checkQuality({ name: "missing delays", value: 3.5, max: 2, unit: "%" })),
    );
    unsubscribe(operationChannels.summary, keep);
    await stop();
    expect(result).toEqual({ name: "missing delays", value: 3.5, outcome: "failure", reason: "must be at most 2" });
    const record = sink.logRecords.find((each) => each.eventName === "data.quality.check");
    const { "workflow.execution.id": runId, ...attributes } = record?.attributes ?? {};
    expect(attributes).toEqual({
      "workflow.definition.name": "monthly",
      "runlight.stage.name": "validate",
      "runlight.check.name": "missing delays",
      "runlight.check.outcome": "failure",
      "runlight.check.reason": "must be at most 2",
      "runlight.check.value": 3.5,
      "runlight.check.max": 2,
      "runlight.check.unit": "%",
    });
    expect([typeof runId, record?.severityText, record?.body]).toEqual([
      "string",
      "ERROR",
      "missing delays: 3.5 % must be at most 2",
    ]);
    expect(summaries[0]?.checks.map(({ name, outcome, value, max }) => [name, outcome, value, max])).toEqual([
      ["missing delays", "failure", 3.5, 2],
    ]);
    const points = sink.metricPoints.filter((point) => point.name === "runlight.data_quality.checks");
    expect(points.map((point) => [point.value, point.attributes])).toEqual([
      [
        1,
        {
          "workflow.definition.name": "monthly",
          "runlight.check.name": "missing delays",
          "runlight.check.outcome": "failure",
        },
      ],
    ]);
  });

  test("checkQuality() works outside a run", async () => {
    checkQuality({ name: "rows", value: 12, min: 1 });
    checkQuality({ name: "rows", value: 0, warnBelow: 1, unit: "{row}" });
    await stop();
    expect(
      sink.logRecords.map((record) => [record.severityText, record.body, record.attributes["runlight.check.outcome"]]),
    ).toEqual([
      ["INFO", "rows: 12", "pass"],
      ["WARN", "rows: 0 {row} should be at least 1", "warning"],
    ]);
    const points = sink.metricPoints.filter((point) => point.name === "runlight.data_quality.checks");
    expect(points.map((point) => point.attributes)).toEqual([
      { "runlight.check.name": "rows", "runlight.check.outcome": "pass" },
      { "runlight.check.name": "rows", "runlight.check.outcome": "warning" },
    ]);
  });

  test("checkQuality() without any SDK gives the outcome", async () => {
    await stop();
    logs.disable();
    metrics.disable();
    expect(checkQuality({ name: "rows", value: Number.NaN })).toEqual({
      name: "rows",
      value: Number.NaN,
      outcome: "failure",
      reason: "is not a finite number",
    });
  });
});

describe("judgeValue()", () => {
  const bounds = { min: 0, warnBelow: 10, warnAbove: 90, max: 100 };

  test.each([
    [-0.001, "failure", "must be at least 0"],
    [0, "warning", "should be at least 10"],
    [9.999, "warning", "should be at least 10"],
    [10, "pass", undefined],
    [90, "pass", undefined],
    [90.001, "warning", "should be at most 90"],
    [100, "warning", "should be at most 90"],
    [100.001, "failure", "must be at most 100"],
  ])("judgeValue() of %d is %s", (value, outcome, reason) => {
    expect(judgeValue(value, bounds)).toEqual({ outcome, reason });
  });

  test.each([Number.NaN, Infinity, -Infinity])("judgeValue() of %d fails without any bound", (value) => {
    expect(judgeValue(value, {})).toEqual({ outcome: "failure", reason: "is not a finite number" });
  });

  test("judgeValue() fails against a bound that is no number, and passes without bounds", () => {
    expect(judgeValue(1, { max: Number.NaN }).outcome).toBe("failure");
    expect(judgeValue(1, {}).outcome).toBe("pass");
  });
});
