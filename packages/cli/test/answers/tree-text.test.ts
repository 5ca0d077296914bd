import { openStore } from "@runlight/store";
import type { FollowedRun } from "@runlight/store";
import { temporaryDirectory } from "@runlight/testing";
import { expect, test } from "vitest";
import { treeText } from "../../src/answers/follow/tree-text.ts";
import { goneProcess, recordProcess } from "../support/recorded-runs.ts";
import type { RecordedLog } from "../support/recorded-runs.ts";

const runId = "20261122_142501-00000001";
const start = Date.UTC(2026, 10, 22, 14, 25, 1);
const root = "b7ad6b7169203331";

function record(moment: string, second: number, span: string, more: Readonly<Record<string, unknown>>): RecordedLog {
  const [kind = ""] = moment.split(".");
  return {
    at: start + second * 1000,
    event: moment,
    span,
    attributes: {
      "workflow.execution.id": runId,
      "workflow.definition.name": "monthly",
      "runlight.operation.kind": kind,
      ...more,
    },
  };
}

function followedOf(directory: string, logs: readonly RecordedLog[]): FollowedRun {
  recordProcess(directory, logs, goneProcess);
  const store = openStore(`${directory}/.runlight`);
  const followed = store.follow(store.runs()[0]!);
  followed.read();
  return followed;
}

const logs: readonly RecordedLog[] = [
  record("workflow.started", 0, root, { "runlight.operation.name": "monthly" }),
  record("stage.started", 1, "00000000000000a1", {
    "runlight.operation.name": "fit",
    "runlight.subject.id": "2001-\u001b[31m01",
    "runlight.operation.parent_span_id": root,
  }),
  record("pipeline.started", 2, "00000000000000a2", {
    "runlight.operation.name": "solve",
    "runlight.operation.parent_span_id": "00000000000000a1",
  }),
  record("stage.started", 3, "00000000000000a3", {
    "runlight.operation.name": "write",
    "runlight.operation.parent_span_id": root,
  }),
  {
    ...record("workflow.progress", 4, root, { "runlight.progress.done": 1, "runlight.progress.total": 4 }),
    attributes: {
      "workflow.execution.id": runId,
      "runlight.operation.kind": "workflow",
      "runlight.progress.done": 1,
      "runlight.progress.total": 4,
      "runlight.progress.unit": "month",
    },
  },
  {
    at: start + 4000,
    event: "workflow.heartbeat",
    attributes: { "workflow.execution.id": runId, "runlight.memory.end": 1 << 20, "runlight.memory.peak": 2 << 20 },
  },
];

test("treeText() draws open operations below their parents, with progress, time left, last line and memory", () => {
  using directory = temporaryDirectory();
  const followed = followedOf(directory.path, logs);
  const lastLine = { stage: "fit", body: "slow\u001b[2J disk" } as never;
  const text = treeText({ followed, lastLine, nowMs: start + 4000 }, { colour: false, width: 200, height: 24 });
  expect(text.split("\n")).toEqual([
    "workflow monthly  █████░░░░░░░░░░░░░░░  25%  4.0 s  1 of 4 months  6.1 s to 17.9 s left",
    "  stage fit 2001-01  3.0 s",
    "    pipeline solve  2.0 s",
    "  stage write  1.0 s",
    "last  [fit] slow disk",
    "lost, 0 stages done, 2 open · 1.0 MiB, at most 2.0 MiB",
  ]);
});

test("treeText() fits the terminal", () => {
  using directory = temporaryDirectory();
  const followed = followedOf(directory.path, logs);
  const look = { colour: false, width: 20, height: 6 };
  expect(treeText({ followed, lastLine: undefined, nowMs: start + 4000 }, look).split("\n")).toEqual([
    "workflow monthly  …",
    "  stage fit 2001-0…",
    "  … and 2 more open",
    "lost, 0 stages don…",
  ]);
});
