import { readdirSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { temporaryDirectory } from "@runlight/testing";
import { expect, test } from "vitest";
import { openStore } from "../src/open-store.ts";
import { corruptSegment } from "./support/corrupt.ts";
import { appendLogs, openRecordedSpool, recordedTraceId } from "./support/record-process.ts";
import type { RecordedLog } from "./support/record-process.ts";
import { lifecycle, runAttributes, wholeRun } from "./support/recorded-run.ts";

const start = Date.UTC(2026, 10, 22, 14, 25, 1);
const first = "20261122_142501-00000001";
const second = "20261122_142601-00000002";

test("openStore() on a directory that is not there holds no runs", () => {
  using directory = temporaryDirectory();
  const store = openStore(join(directory.path, "nothing"));
  expect([store.runs(), store.find("latest"), store.notices()]).toEqual([[], { kind: "none" }, []]);
});

test("runs() lists a run that ended with all that is known of it", () => {
  using directory = temporaryDirectory();
  const spool = openRecordedSpool(join(directory.path, "spool"), 4711, "2026-11-22T14:25:00.000Z");
  appendLogs(spool, wholeRun(first, start));
  spool.close("ended");
  expect(openStore(directory.path).runs()).toEqual([
    {
      runId: first,
      workflow: "monthly-processing",
      status: "success",
      service: "flights",
      host: "beam-04",
      pid: 4711,
      traceId: recordedTraceId,
      startTime: "2026-11-22T14:25:01.000Z",
      endTime: "2026-11-22T14:25:11.000Z",
      durationSeconds: 10,
      stages: { done: 1, failed: 0, open: 0 },
      progress: undefined,
      lostEvidence: undefined,
      spool: spool.directory,
    },
  ]);
});

test("runs() tells a run at work: open stages, progress, seconds up to now", () => {
  using directory = temporaryDirectory();
  const spool = openRecordedSpool(join(directory.path, "spool"), 4711, "2026-11-22T14:25:00.000Z");
  const beganMs = Date.now() - 5000;
  appendLogs(spool, [
    lifecycle(first, "workflow.started", beganMs),
    lifecycle(first, "stage.started", beganMs + 100, { name: "load" }),
    {
      at: beganMs + 200,
      event: "workflow.progress",
      severity: 5,
      attributes: {
        ...runAttributes(first),
        "runlight.progress.done": 2,
        "runlight.progress.total": 6,
        "runlight.progress.unit": "month",
      },
    },
  ]);
  const [run] = openStore(directory.path).runs();
  expect(run).toMatchObject({
    status: "running",
    endTime: undefined,
    stages: { done: 0, failed: 0, open: 1 },
    progress: { done: 2, total: 6, unit: "month" },
  });
  expect(run!.durationSeconds).toBeGreaterThanOrEqual(5);
  expect(run!.durationSeconds).toBeLessThan(30);
  appendLogs(spool, [
    lifecycle(first, "stage.failed", beganMs + 300, { name: "load", "runlight.operation.outcome": "failure" }),
  ]);
  expect(openStore(directory.path).runs()[0]?.stages).toEqual({ done: 1, failed: 1, open: 0 });
  spool.close("ended");
});

test("runs() lets a run's own progress stand above its stages', and the last above those before", () => {
  using directory = temporaryDirectory();
  const spool = openRecordedSpool(join(directory.path, "spool"), 4711, "2026-11-22T14:25:00.000Z");
  const progress = (at: number, kind: string, done: number): RecordedLog => ({
    at,
    event: "workflow.progress",
    severity: 5,
    attributes: { ...runAttributes(first), "runlight.operation.kind": kind, "runlight.progress.done": done },
  });
  appendLogs(spool, [
    lifecycle(first, "workflow.started", start),
    progress(start + 1, "stage", 10),
    progress(start + 2, "stage", 20),
  ]);
  const done = (): unknown => openStore(directory.path).runs()[0]?.progress?.done;
  expect(done()).toBe(20);
  appendLogs(spool, [progress(start + 3, "workflow", 2), progress(start + 4, "stage", 30)]);
  expect(done()).toBe(2);
  appendLogs(spool, [progress(start + 2, "workflow", 1)]);
  expect(done()).toBe(2);
  spool.close("ended");
});

test("runs() calls a run lost whose process closed its spool without ending it", () => {
  using directory = temporaryDirectory();
  const spool = openRecordedSpool(join(directory.path, "spool"), 4711, "2026-11-22T14:25:00.000Z");
  appendLogs(spool, wholeRun(first, start).slice(0, 3));
  spool.close("ended");
  expect(openStore(directory.path).runs()).toMatchObject([{ status: "lost", durationSeconds: 3, endTime: undefined }]);
});

test("runs() calls a run silent whose process on another host has written nothing for long", () => {
  using directory = temporaryDirectory();
  const spool = openRecordedSpool(join(directory.path, "spool"), 4711, "2026-11-22T14:25:00.000Z");
  appendLogs(spool, wholeRun(first, start).slice(0, 3));
  const hourAgo = Date.now() / 1000 - 3600;
  for (const name of readdirSync(spool.directory)) utimesSync(join(spool.directory, name), hourAgo, hourAgo);
  expect(openStore(directory.path).runs()).toMatchObject([{ status: "silent", durationSeconds: 3 }]);
});

test("runs() tells what recovery said of a lost run", () => {
  using directory = temporaryDirectory();
  const spool = openRecordedSpool(join(directory.path, "spool"), 4711, "2026-11-22T14:25:00.000Z");
  const lost = {
    "runlight.lost.evidence": "process 4711 is gone",
    "runlight.lost.last_seen": "2026-11-22T14:25:05.500Z",
  };
  appendLogs(spool, [
    ...wholeRun(first, start).slice(0, 2),
    lifecycle(first, "stage.lost", start + 86_400_000, { name: "load", ...lost }),
    lifecycle(first, "workflow.lost", start + 86_400_000, lost),
  ]);
  spool.close("ended");
  expect(openStore(directory.path).runs()).toMatchObject([
    {
      status: "lost",
      durationSeconds: 4.5,
      lostEvidence: "process 4711 is gone",
      stages: { done: 0, failed: 0, open: 0 },
    },
  ]);
});

test("runs() follows a run that goes on in another process", () => {
  using directory = temporaryDirectory();
  const root = join(directory.path, "spool");
  const parent = openRecordedSpool(root, 4711, "2026-11-22T14:25:00.000Z");
  const child = openRecordedSpool(root, 4712, "2026-11-22T14:25:02.000Z");
  const [started, , , completed] = wholeRun(first, start);
  appendLogs(parent, [started!]);
  appendLogs(child, [
    lifecycle(first, "stage.started", start + 2000, { name: "fit" }),
    lifecycle(first, "stage.completed", start + 4000, {
      name: "fit",
      "runlight.operation.outcome": "success",
      "runlight.operation.duration": 2,
    }),
  ]);
  child.close("ended");
  appendLogs(parent, [completed!]);
  parent.close("ended");
  const store = openStore(directory.path);
  expect(store.runs()).toMatchObject([
    { status: "success", pid: 4711, stages: { done: 1, failed: 0, open: 0 }, spool: parent.directory },
  ]);
  expect([...store.logs(store.runs()[0]!)].map(({ pid, body }) => `${pid} ${String(body)}`)).toEqual([
    "4711 workflow monthly-processing started",
    "4712 stage fit started",
    "4712 stage fit completed",
    "4711 workflow monthly-processing completed",
  ]);
  expect(store.summary(store.runs()[0]!).stages).toMatchObject([{ name: "fit", durationSeconds: 2, share: 0.2 }]);
});

test("runs() is newest first, and limit and statuses choose", () => {
  using directory = temporaryDirectory();
  const spool = openRecordedSpool(join(directory.path, "spool"), 4711, "2026-11-22T14:25:00.000Z");
  appendLogs(spool, [...wholeRun(second, start + 60_000), ...wholeRun(first, start).slice(0, 3)]);
  spool.close("ended");
  const store = openStore(directory.path);
  expect(store.runs().map(({ runId }) => runId)).toEqual([second, first]);
  expect(store.runs({ limit: 1 }).map(({ runId }) => runId)).toEqual([second]);
  expect(store.runs({ limit: 1, statuses: ["lost"] }).map(({ runId }) => runId)).toEqual([first]);
  expect(store.runs({ statuses: ["failure", "timeout"] })).toEqual([]);
});

test("runs() keeps a run whose start retention has deleted", () => {
  using directory = temporaryDirectory();
  const spool = openRecordedSpool(join(directory.path, "spool"), 4711, "2026-11-22T14:25:00.000Z");
  appendLogs(spool, wholeRun(first, start).slice(2));
  spool.close("ended");
  expect(openStore(directory.path).runs()).toMatchObject([
    {
      runId: first,
      workflow: "monthly-processing",
      status: "success",
      startTime: "2026-11-22T14:25:04.000Z",
      durationSeconds: 7,
    },
  ]);
});

test("runs() with a limit reads no spool that cannot matter", () => {
  using directory = temporaryDirectory();
  const root = join(directory.path, "spool");
  const old = openRecordedSpool(root, 4710, "2026-11-20T14:25:00.000Z");
  appendLogs(old, wholeRun("20261120_142501-00000000", start - 2 * 86_400_000));
  old.close("ended");
  const newer = openRecordedSpool(root, 4711, "2026-11-22T14:25:00.000Z");
  appendLogs(newer, wholeRun(first, start));
  newer.close("ended");
  const twoDaysAgo = (start - 2 * 86_400_000) / 1000;
  for (const name of readdirSync(old.directory)) {
    corruptSegment(join(old.directory, name));
    utimesSync(join(old.directory, name), twoDaysAgo, twoDaysAgo);
  }
  const store = openStore(directory.path);
  expect(store.runs({ limit: 1 }).map(({ runId }) => runId)).toEqual([first]);
  expect(store.notices()).toEqual([]);
});
