import { subscribe } from "node:diagnostics_channel";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { logs } from "@opentelemetry/api";
import { emitEvent, kernel, operationChannels, pipeline, recordArtifact, stage, workflow } from "@runlight/core";
import type { RunSummary } from "@runlight/core";
import { defaultBounds, describeProcess, listSpools, openSpool } from "@runlight/spool";
import { temporaryDirectory } from "@runlight/testing";
import { expect, test } from "vitest";
import { openStore } from "../src/open-store.ts";
import { summaryOf } from "../src/query/run-summary.ts";
import { createNoticeList } from "../src/read/notices.ts";
import { recordInto } from "./support/record-live.ts";
import { appendLogs, appendSpans, openRecordedSpool, recordedTraceId } from "./support/record-process.ts";
import { lifecycle, runAttributes, wholeRun } from "./support/recorded-run.ts";

const directory = temporaryDirectory();
const root = join(directory.path, "spool");
const own = openSpool({ root, bounds: defaultBounds, identity: describeProcess("flights") });
const told: RunSummary[] = [];
recordInto(own);
subscribe(operationChannels.summary, (summary) => told.push(summary as RunSummary));

function recomputed(of: RunSummary): RunSummary {
  const store = openStore(directory.path);
  const lookup = store.find(of.runId);
  if (lookup.kind !== "found") throw new Error(`no run ${of.runId}`);
  return summaryOf({ run: lookup.run, spools: listSpools(root), notices: createNoticeList(), recompute: true });
}

function toldByRecord(of: RunSummary): RunSummary {
  const store = openStore(directory.path);
  const lookup = store.find(of.runId);
  if (lookup.kind !== "found") throw new Error(`no run ${of.runId}`);
  return store.summary(lookup.run);
}

/** A copy whose numbers are rounded. */
function inNineDigits(value: unknown): unknown {
  if (typeof value === "number") return Number(value.toPrecision(9));
  if (Array.isArray(value)) return value.map(inNineDigits);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, inNineDigits(one)]));
}

test("summary() is what the run told, and what its records say by themselves", async () => {
  const artifact = join(directory.path, "model.json");
  writeFileSync(artifact, "{}");
  await workflow("monthly-processing", { trigger: "scheduled" }, async (run) => {
    for (const month of ["2001-01", "2001-02"]) {
      await stage("load", { subject: month }, async (load) => {
        await delay(50);
        load.count(1500, "row");
      });
    }
    run.progress({ done: 1, total: 2, unit: "month" });
    await stage("fit", async () => {
      for (let call = 0; call < 5; call += 1) kernel("dot", () => call);
      pipeline("plot", () => undefined);
      logs.getLogger("mine").emit({ severityNumber: 13, severityText: "WARN", body: "slow disk" });
      emitEvent({
        eventName: "data.quality.check",
        severity: "WARN",
        attributes: {
          "runlight.check.name": "delay",
          "runlight.check.outcome": "warning",
          "runlight.check.value": 2.5,
          "runlight.check.max": 2,
        },
      });
      await recordArtifact(artifact);
    });
  });
  const [live] = told.splice(0);
  own.flush();
  // On a busy machine it may be either.
  const [slowest] = live!.stages.toSorted((one, other) => other.durationSeconds - one.durationSeconds);
  expect(live).toMatchObject({
    status: "success",
    trigger: "scheduled",
    slowestStage: slowest!.name,
    items: [{ unit: "row", processed: 3000 }],
  });
  expect(live!.kernels).toMatchObject([{ name: "dot", count: 5 }]);
  const inside = live!.stages.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0);
  expect(live!.selfSeconds).toBeCloseTo(live!.durationSeconds - inside, 5);
  expect(toldByRecord(live!)).toStrictEqual(live);
  expect(recomputed(live!)).toStrictEqual(live);
});

test("summary() tells the error of a run that failed", () => {
  expect(() =>
    workflow("monthly-processing", () =>
      stage("fit", () =>
        kernel("solve", () => {
          throw new RangeError("singular matrix");
        }),
      ),
    ),
  ).toThrow("singular matrix");
  const [live] = told.splice(0);
  own.flush();
  expect(live).toMatchObject({ status: "failure", errors: { count: 1 }, kernels: [{ name: "solve", failed: 1 }] });
  expect(toldByRecord(live!)).toStrictEqual(live);
  expect(recomputed(live!)).toStrictEqual(live);
});

test("summary() counts folded kernel calls once", () => {
  workflow("monthly-processing", () =>
    stage("fit", () => {
      for (let call = 0; call < 2500; call += 1) kernel("dot", () => call);
    }),
  );
  const [live] = told.splice(0);
  own.flush();
  expect(live!.kernels).toMatchObject([{ name: "dot", count: 2500, failed: 0 }]);
  // Folded calls are added in another order, so the last digits of their sum differ.
  expect(inNineDigits(recomputed(live!))).toStrictEqual(inNineDigits(live));
});

test("summary() counts folded stages and pipelines, their failures, attempts, items and errors", () => {
  workflow("monthly-processing", () => {
    for (let call = 0; call < 1300; call += 1) {
      try {
        stage("month", (month) => {
          month.count(2, "row");
          if (call % 10 === 3) throw new RangeError(`month ${call}`);
        });
      } catch {
        // Counted below.
      }
      pipeline("plot", { attributes: { "runlight.operation.attempt": 1 } }, () => undefined);
    }
    // More failures than one fold keeps.
    stage("many", () => {
      for (let call = 0; call < 1200; call += 1) {
        const month = stage.start("failing");
        if (call < 1000) month.end();
        else month.fail(new Error("boom"));
      }
    });
  });
  const [live] = told.splice(0);
  own.flush();
  expect(live!.stages.map(({ name, count, failed, items }) => ({ name, count, failed, items }))).toEqual([
    { name: "month", count: 1300, failed: 130, items: 2600 },
    { name: "failing", count: 1200, failed: 200, items: 0 },
    { name: "many", count: 1, failed: 0, items: 0 },
  ]);
  expect(live!.success).toMatchObject({ pipelines: { count: 1300 }, attempts: { count: 1300, failed: 0, rate: 1 } });
  expect(live!.errors.count).toBe(330);
  expect(inNineDigits(recomputed(live!))).toStrictEqual(inNineDigits(live));
  const [listed] = openStore(directory.path).runs({ limit: 1 });
  expect(listed?.stages).toEqual({ done: 2501, failed: 330, open: 0 });
});

test("summary() of a run with parts in other processes is of the whole run", () => {
  workflow("monthly-processing", () => stage("order", () => undefined));
  const [live] = told.splice(0);
  own.flush();
  expect(toldByRecord(live!)).toStrictEqual(live);
  const runId = live!.runId;
  const began = Date.parse(live!.startTime);
  const worker = openRecordedSpool(root, 4712, new Date(began).toISOString());
  appendLogs(worker, [
    lifecycle(runId, "pipeline.started", began + 1000, { name: "plot" }),
    lifecycle(runId, "pipeline.failed", began + 3000, {
      name: "plot",
      "runlight.operation.outcome": "failure",
      "runlight.operation.duration": 2,
      "runlight.operation.self_duration": 2,
      "runlight.items.processed": 12,
      "exception.type": "Error",
      "exception.message": "no display",
    }),
  ]);
  worker.close("ended");
  const whole = toldByRecord(live!);
  expect(whole).toMatchObject({
    status: "success",
    durationSeconds: live!.durationSeconds,
    stages: live!.stages,
    pipelines: [{ name: "plot", count: 1, failed: 1, durationSeconds: 2, items: 12 }],
    items: [{ unit: "item", processed: 12 }],
    success: { pipelines: { count: 1, failed: 1, rate: 0 } },
  });
  expect(whole.bottlenecks[0]).toEqual({ kind: "pipeline", name: "plot", selfSeconds: 2, share: 1 });
  expect(whole.errors.first).toMatchObject([{ operation: "pipeline plot", type: "Error", message: "no display" }]);
});

test("summary() of a run at work tells what is open and how far it is", () => {
  using other = temporaryDirectory();
  const spool = openRecordedSpool(join(other.path, "spool"), 4711, "2026-11-22T14:25:00.000Z");
  const runId = "20261122_142501-00000001";
  const beganMs = Date.now() - 4000;
  appendLogs(spool, [
    lifecycle(runId, "workflow.started", beganMs, { "workflow.trigger.type": "manual" }),
    lifecycle(runId, "stage.started", beganMs + 500, { name: "fit" }),
    {
      at: beganMs + 1000,
      event: "workflow.heartbeat",
      severity: 5,
      attributes: {
        ...runAttributes(runId),
        "runlight.progress.done": 1,
        "runlight.progress.total": 3,
        "runlight.memory.peak": 1000,
      },
    },
  ]);
  const store = openStore(other.path);
  const summary = store.summary(store.runs()[0]!);
  expect(summary).toMatchObject({
    status: "running",
    trigger: "manual",
    endTime: undefined,
    open: ["workflow monthly-processing", "stage fit"],
    progress: { done: 1, total: 3, unit: undefined },
    peakMemoryBytes: 1000,
  });
  expect(summary.durationSeconds).toBeGreaterThanOrEqual(4);
  spool.close("ended");
});

test("summary() of a lost run ends where its process was last seen", () => {
  using other = temporaryDirectory();
  const spool = openRecordedSpool(join(other.path, "spool"), 4711, "2026-11-22T14:25:00.000Z");
  const runId = "20261122_142501-00000001";
  const start = Date.UTC(2026, 10, 22, 14, 25, 1);
  appendLogs(spool, [
    ...wholeRun(runId, start).slice(0, 2),
    lifecycle(runId, "workflow.lost", start + 3_600_000, {
      "runlight.lost.evidence": "process 4711 is gone",
      "runlight.lost.last_seen": "2026-11-22T14:25:09.000Z",
    }),
  ]);
  appendSpans(spool, [
    {
      name: "kernel dot",
      start: start + 1000,
      end: start + 1250,
      span: "00f067aa0ba902b8",
      attributes: {
        ...runAttributes(runId),
        "runlight.operation.kind": "kernel",
        "runlight.operation.name": "dot",
        "runlight.operation.outcome": "success",
      },
    },
  ]);
  spool.close("ended");
  const store = openStore(other.path);
  expect(store.summary(store.runs()[0]!)).toStrictEqual({
    runId,
    workflow: "monthly-processing",
    status: "lost",
    traceId: recordedTraceId,
    startTime: "2026-11-22T14:25:01.000Z",
    endTime: undefined,
    durationSeconds: 8,
    selfSeconds: undefined,
    trigger: "manual",
    stages: [],
    slowestStage: undefined,
    pipelines: [],
    kernels: [{ name: "dot", count: 1, failed: 0, durationSeconds: 0.25, maxSeconds: 0.25 }],
    bottlenecks: [{ kind: "kernel", name: "dot", selfSeconds: 0.25, share: 0.03125 }],
    success: {
      stages: { count: 0, failed: 0, rate: undefined },
      pipelines: { count: 0, failed: 0, rate: undefined },
      kernels: { count: 1, failed: 0, rate: 1 },
      attempts: { count: 0, failed: 0, rate: undefined },
    },
    items: [],
    progress: undefined,
    peakMemoryBytes: undefined,
    checks: [],
    artifacts: [],
    warnings: { count: 0, first: [] },
    errors: {
      count: 1,
      first: [
        {
          time: "2026-11-22T15:25:01.000Z",
          operation: "workflow monthly-processing",
          type: "lost",
          message: "process 4711 is gone",
          stacktrace: undefined,
        },
      ],
    },
    open: ["workflow monthly-processing", "stage load"],
  });
});
