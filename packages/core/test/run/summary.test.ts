import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { context } from "@opentelemetry/api";
import { expect, test } from "vitest";
import { operationChannels } from "../../src/operation/channels.ts";
import { kernel, stage, workflow } from "../../src/operation/kinds.ts";
import { noteLogRecord } from "../../src/run/events.ts";
import { severityNumbers } from "../../src/sink/severity.ts";
import type { RunSummary } from "../../src/summary/run-summary.ts";
import { createSummaryBuilder } from "../../src/summary/summary-builder.ts";
import { renderRunSummary } from "../../src/summary/summary-page.ts";
import { createRecordingSink } from "../recording-sink.ts";

function summaryOf(body: () => void): RunSummary {
  let told: RunSummary | undefined;
  const listen = (message: unknown): void => void (told = message as RunSummary);
  subscribe(operationChannels.summary, listen);
  try {
    body();
  } catch {
    // The summary tells.
  } finally {
    unsubscribe(operationChannels.summary, listen);
  }
  if (told === undefined) throw new Error("no summary was told");
  return told;
}

function failingRun(): void {
  workflow("monthly", { trigger: "scheduled" }, () => {
    stage("load", (load) => load.count(1000, "row"));
    stage("load", (load) => load.count(500, "row"));
    stage("fit", () => {
      for (let call = 0; call < 3; call += 1) kernel("dot", () => call);
      noteLogRecord(
        { timeMs: 0, severityNumber: 13, eventName: undefined, body: "slow disk", attributes: {} },
        context.active(),
      );
      throw new RangeError("singular matrix");
    });
  });
}

test("workflow() tells a summary of its stages, items, kernels, warnings and errors", () => {
  using _sink = createRecordingSink();
  const summary = summaryOf(failingRun);
  expect(summary).toMatchObject({ workflow: "monthly", status: "failure", trigger: "scheduled", open: [] });
  expect(summary.stages.map(({ name, count, failed, items }) => ({ name, count, failed, items }))).toEqual([
    { name: "load", count: 2, failed: 0, items: 1500 },
    { name: "fit", count: 1, failed: 1, items: 0 },
  ]);
  expect(summary.items.map(({ unit, processed }) => ({ unit, processed }))).toEqual([{ unit: "row", processed: 1500 }]);
  expect(summary.kernels.map(({ name, count, failed }) => ({ name, count, failed }))).toEqual([
    { name: "dot", count: 3, failed: 0 },
  ]);
  expect(summary.warnings).toEqual({
    count: 1,
    first: [{ time: "1970-01-01T00:00:00.000Z", text: "slow disk", stage: "fit" }],
  });
  expect(summary.errors.count).toBe(1);
  expect(summary.errors.first[0]).toMatchObject({
    operation: "stage fit",
    type: "RangeError",
    message: "singular matrix",
  });
});

test("createSummaryBuilder() gives the same summary from the records as the run told live", () => {
  using sink = createRecordingSink();
  const live = summaryOf(failingRun);
  const builder = createSummaryBuilder({
    id: live.runId,
    workflowName: live.workflow,
    startTimeMs: Date.parse(live.startTime),
  });
  for (const record of sink.records.slice(0, -1))
    builder.record({ ...record, severityNumber: severityNumbers[record.severity] });
  const afterwards = builder.build({ status: "lost", atMs: 0 });
  expect(afterwards.stages.map(({ name, count, failed, items }) => ({ name, count, failed, items }))).toEqual(
    live.stages.map(({ name, count, failed, items }) => ({ name, count, failed, items })),
  );
  expect({ status: afterwards.status, items: afterwards.items.length, errors: afterwards.errors }).toEqual({
    status: live.status,
    items: live.items.length,
    errors: live.errors,
  });
});

test("createSummaryBuilder() names what was open when a run is lost", () => {
  using sink = createRecordingSink();
  const run = workflow.start("w");
  const records = [...sink.records];
  const builder = createSummaryBuilder({ id: "20260101_000000-00000000", workflowName: "w", startTimeMs: 0 });
  for (const record of records) builder.record({ ...record, severityNumber: 9, spanId: record.body as string });
  expect(builder.build({ status: "lost", atMs: 5000 })).toMatchObject({
    status: "lost",
    durationSeconds: 5,
    endTime: undefined,
    open: ["workflow w"],
  });
  run.end();
});

test("renderRunSummary() prints the page a person reads", () => {
  const page = renderRunSummary(
    {
      runId: "20261122_142501-7f3a9c1e",
      workflow: "monthly",
      status: "failure",
      traceId: "0af7651916cd43dd8448eb211c80319c",
      startTime: "2026-11-22T14:25:01.000Z",
      endTime: "2026-11-22T14:26:41.000Z",
      durationSeconds: 100,
      selfSeconds: 5,
      trigger: "scheduled",
      stages: [
        {
          name: "load",
          count: 2,
          failed: 0,
          durationSeconds: 75,
          selfSeconds: 60,
          share: 0.75,
          items: 1500,
          itemsUnit: "row",
          itemsPerSecond: 20,
          startMemoryBytes: 52_428_800,
          endMemoryBytes: 73_400_320,
          peakMemoryBytes: 104_857_600,
        },
        {
          name: "fit",
          count: 1,
          failed: 1,
          durationSeconds: 25,
          selfSeconds: 25,
          share: 0.25,
          items: 0,
          itemsUnit: undefined,
          itemsPerSecond: 0,
          startMemoryBytes: undefined,
          endMemoryBytes: undefined,
          peakMemoryBytes: undefined,
        },
      ],
      slowestStage: "load",
      pipelines: [
        {
          name: "plot",
          count: 3,
          failed: 0,
          durationSeconds: 15,
          selfSeconds: 15,
          share: 0.15,
          items: 0,
          itemsUnit: undefined,
          itemsPerSecond: 0,
          startMemoryBytes: undefined,
          endMemoryBytes: undefined,
          peakMemoryBytes: undefined,
        },
      ],
      kernels: [{ name: "dot", count: 3, failed: 0, durationSeconds: 1.5, maxSeconds: 0.75 }],
      bottlenecks: [
        { kind: "stage", name: "load", selfSeconds: 60, share: 0.6 },
        { kind: "kernel", name: "dot", selfSeconds: 1.5, share: 0.015 },
      ],
      success: {
        stages: { count: 3, failed: 1, rate: 2 / 3 },
        pipelines: { count: 3, failed: 0, rate: 1 },
        kernels: { count: 1000, failed: 1, rate: 0.999 },
        attempts: { count: 0, failed: 0, rate: undefined },
      },
      items: [{ unit: "row", processed: 1500, perSecond: 15 }],
      progress: { done: 1, total: 3, unit: "month" },
      peakMemoryBytes: 104_857_600,
      checks: [
        {
          name: "rows",
          outcome: "failure",
          value: 1500,
          min: 2000,
          max: undefined,
          unit: "{row}",
          reason: undefined,
          stage: "load",
          subject: "2001-01",
        },
        {
          name: "lowest",
          outcome: "warning",
          value: -0.123456,
          min: undefined,
          max: undefined,
          unit: "s",
          reason: "should be at least 0",
          stage: undefined,
          subject: undefined,
        },
      ],
      artifacts: [{ path: "out/model.json", sizeBytes: 2048, sha256: "ab".repeat(32) }],
      warnings: { count: 1, first: [{ time: "", text: "slow disk", stage: "load" }] },
      errors: {
        count: 1,
        first: [
          {
            time: "",
            operation: "stage fit",
            type: "RangeError",
            message: "singular matrix",
            stacktrace: "RangeError: singular matrix\n    at fit (fit.js:1:1)",
          },
        ],
      },
      open: [],
    },
    { colour: false, width: 80 },
  );
  expect(page.split("\n")).toEqual([
    "monthly  failure  1 min 40 s",
    "  run       20261122_142501-7f3a9c1e",
    "  trace     0af7651916cd43dd8448eb211c80319c",
    expect.stringMatching(/^ {2}started {3}2026-11-22 \d\d:25:01 .+ \(scheduled\)$/u),
    "  rows      1,500 (15/s)",
    "  memory    100 MiB at peak",
    "  success   stages 2 of 3 (67%), pipelines 3 of 3, kernels 999 of 1,000 (>99%)",
    "",
    "stages",
    "  load  1 min 15 s   75% ███████████████      2 times, 1 min 00 s itself, 1,500 rows (20/s), 50 MiB to 70 MiB, peak 100 MiB",
    "  fit       25.0 s   25% █████                1 failed",
    "",
    "pipelines",
    "  plot      15.0 s   15% ███                  3 times",
    "",
    "bottlenecks",
    "  stage load  1 min 00 s   60%",
    "  kernel dot       1.5 s    2%",
    "",
    "kernels",
    "  dot  3 calls, 1.5 s in all, 750 ms at most",
    "",
    "checks",
    "  failure rows [load 2001-01]: 1,500 row (must be >= 2000)",
    "  warning lowest: -0.1235 s (should be at least 0)",
    "",
    "artifacts",
    "  out/model.json  2.0 KiB  sha256 abababababab",
    "",
    "warnings (1)",
    "  slow disk [load]",
    "",
    "errors (1)",
    "  stage fit: RangeError: singular matrix",
    "    at fit (fit.js:1:1)",
    "",
  ]);
});
