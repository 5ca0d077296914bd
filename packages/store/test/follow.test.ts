import { join } from "node:path";
import { temporaryDirectory } from "@runlight/testing";
import { expect, test } from "vitest";
import { maxFollowedOperations } from "../src/follow/live-run.ts";
import { openStore } from "../src/open-store.ts";
import { appendLogs, openRecordedSpool } from "./support/record-process.ts";
import type { RecordedLog } from "./support/record-process.ts";
import { lifecycle, runAttributes } from "./support/recorded-run.ts";

const runId = "20261122_142501-00000001";
const root = "b7ad6b7169203331";

function progressOf(at: number, done: number, total: number, span = root): RecordedLog {
  return {
    at,
    event: "workflow.progress",
    severity: 5,
    span,
    attributes: {
      ...runAttributes(runId),
      "runlight.operation.kind": span === root ? "workflow" : "stage",
      "runlight.progress.done": done,
      "runlight.progress.total": total,
    },
  };
}

test("follow() reads what came since, and tells what is open", () => {
  using directory = temporaryDirectory();
  const beganMs = Date.now() - 10_000;
  const spool = openRecordedSpool(join(directory.path, "spool"), 4711, new Date(beganMs).toISOString());
  appendLogs(spool, [
    lifecycle(runId, "workflow.started", beganMs),
    lifecycle(runId, "stage.started", beganMs + 1000, {
      name: "fit",
      span: "00f067aa0ba902b7",
      "runlight.operation.parent_span_id": root,
      "runlight.subject.id": "2001-01",
    }),
  ]);
  const store = openStore(directory.path);
  const followed = store.follow(store.runs()[0]!);
  expect(followed.live.open.size).toBe(0);
  expect(followed.read().map(({ eventName }) => eventName)).toEqual(["workflow.started", "stage.started"]);
  expect(followed.read()).toEqual([]);
  expect([...followed.live.open.values()]).toMatchObject([
    { kind: "workflow", name: "monthly-processing", startMs: beganMs },
    { kind: "stage", name: "fit", subject: "2001-01", parentSpanId: root, startMs: beganMs + 1000 },
  ]);
  appendLogs(spool, [
    progressOf(beganMs + 2000, 1, 4),
    { at: beganMs + 2500, severity: 13, body: "slow disk", attributes: runAttributes(runId) },
    lifecycle(runId, "stage.failed", beganMs + 3000, { name: "fit", span: "00f067aa0ba902b7" }),
    {
      at: beganMs + 3500,
      event: "workflow.heartbeat",
      severity: 5,
      attributes: { ...runAttributes(runId), "runlight.memory.end": 1000, "runlight.memory.peak": 2000 },
    },
  ]);
  expect(followed.read()).toHaveLength(4);
  expect(followed.live).toMatchObject({
    stagesDone: 1,
    stagesFailed: 1,
    warnings: 1,
    errors: 1,
    memoryBytes: 1000,
    peakMemoryBytes: 2000,
    outcome: undefined,
  });
  expect([...followed.live.open.values()].map(({ pace }) => pace.last)).toMatchObject([{ done: 1, total: 4 }]);
  expect(followed.status()).toBe("running");
  appendLogs(spool, [
    lifecycle(runId, "workflow.completed", beganMs + 4000, { "runlight.operation.outcome": "success" }),
  ]);
  followed.read();
  expect([followed.status(), followed.live.open.size]).toEqual(["success", 0]);
  spool.close("ended");
});

test("follow() follows a bounded number of open operations and counts the others", () => {
  using directory = temporaryDirectory();
  const beganMs = Date.now() - 10_000;
  const spool = openRecordedSpool(join(directory.path, "spool"), 4711, new Date(beganMs).toISOString());
  const spanOf = (index: number): string => index.toString(16).padStart(16, "0");
  const stages = Array.from({ length: maxFollowedOperations }, (_, index) => index + 1);
  appendLogs(spool, [
    lifecycle(runId, "workflow.started", beganMs),
    ...stages.map((index) => lifecycle(runId, "stage.started", beganMs + 1, { span: spanOf(index) })),
  ]);
  const store = openStore(directory.path);
  const followed = store.follow(store.runs()[0]!);
  followed.read();
  // The workflow is one of them, so the last stage is one too many.
  expect([followed.live.open.size, followed.live.unfollowed]).toEqual([maxFollowedOperations, 1]);
  appendLogs(
    spool,
    stages.map((index) => lifecycle(runId, "stage.completed", beganMs + 2, { span: spanOf(index) })),
  );
  followed.read();
  expect([followed.live.open.size, followed.live.unfollowed, followed.live.stagesDone]).toEqual([
    1,
    0,
    maxFollowedOperations,
  ]);
  spool.close("ended");
});
