import { join } from "node:path";
import { listSpools } from "@runlight/spool";
import { temporaryDirectory } from "@runlight/testing";
import { describe, expect, test } from "vitest";
import { enoughRuns, readDurationHistory } from "../src/eta/duration-history.ts";
import { estimateRun, estimatePart, remainingByHistory, remainingByProgress } from "../src/eta/estimate.ts";
import { robustSpread } from "../src/eta/robust.ts";
import type { LiveOperation } from "../src/follow/live-run.ts";
import { createPace, maxIntervals } from "../src/follow/pace.ts";
import { openStore } from "../src/open-store.ts";
import { createNoticeList } from "../src/read/notices.ts";
import { appendLogs, openRecordedSpool } from "./support/record-process.ts";
import { lifecycle, wholeRun } from "./support/recorded-run.ts";

const startMs = Date.UTC(2026, 10, 22, 14, 25, 1);
const nothing = { runs: [], stages: new Map(), pipelines: new Map() };

function operationAt(reports: readonly (readonly [second: number, done: number])[], total = 100): LiveOperation {
  const pace = createPace(startMs);
  for (const [second, done] of reports) pace.add({ atMs: startMs + second * 1000, done, total, unit: undefined });
  const named = { kind: "stage", name: "fit", subject: undefined, spanId: "", parentSpanId: undefined };
  return { ...named, startMs, pace };
}

test("robustSpread() is not moved by one that is far off", () => {
  expect(robustSpread([])).toBeUndefined();
  expect(robustSpread([3])).toEqual({ median: 3, deviation: 0 });
  expect(robustSpread([9, 10, 11, 12, 1e9])).toEqual({ median: 11, deviation: 1.4826 });
  expect(robustSpread([1, 3])).toEqual({ median: 2, deviation: 1.4826 });
});

describe("remainingByProgress()", () => {
  test("is what is left at the pace so far, less the time since", () => {
    const { pace } = operationAt([[10, 20]]);
    expect(remainingByProgress(pace, startMs, startMs + 10_000)).toEqual({ seconds: 40, spreadSeconds: 12 });
    expect(remainingByProgress(pace, startMs, startMs + 15_000)).toEqual({ seconds: 35, spreadSeconds: 12 });
  });

  test("is surer of an even pace than of an uneven one", () => {
    const even = operationAt([1, 2, 3, 4, 5].map((second) => [second, second * 10]));
    const uneven = operationAt([
      [0.5, 10],
      [1.2, 20],
      [3, 30],
      [3.7, 40],
      [5, 50],
    ]);
    const [sure, unsure] = [even, uneven].map(({ pace }) => remainingByProgress(pace, startMs, startMs + 5000));
    expect([sure?.seconds, unsure?.seconds]).toEqual([5, 5]);
    expect(sure?.spreadSeconds).toBe(0.1);
    expect(unsure?.spreadSeconds).toBeGreaterThan(0.1);
  });

  test("grows less sure once it should have ended", () => {
    const { pace } = operationAt([[10, 50]]);
    expect(remainingByProgress(pace, startMs, startMs + 50_000)).toEqual({ seconds: 0, spreadSeconds: 33 });
  });

  test("tells nothing of too little, or without a total", () => {
    expect(remainingByProgress(operationAt([[1, 0.5]]).pace, startMs, startMs + 1000)).toBeUndefined();
    expect(remainingByProgress(operationAt([[1, 5]], 0).pace, startMs, startMs + 1000)).toBeUndefined();
    expect(remainingByProgress(operationAt([]).pace, startMs, startMs + 1000)).toBeUndefined();
  });

  test("remembers a bounded number of intervals", () => {
    const { pace } = operationAt(Array.from({ length: maxIntervals + 1 }, (_, index) => [index + 1, index + 1]));
    expect(pace.secondsPerUnit).toHaveLength(maxIntervals);
  });
});

describe("remainingByHistory()", () => {
  test("is what is left of the median", () => {
    expect(remainingByHistory([], 3)).toBeUndefined();
    expect(remainingByHistory([10], 3)).toEqual({ seconds: 7, spreadSeconds: 3 });
    expect(remainingByHistory([9, 10, 11, 10, 60], 3)).toEqual({ seconds: 7, spreadSeconds: 1.4826 });
    expect(remainingByHistory([10, 10, 10], 12)).toBeUndefined();
  });
});

describe("estimateRun()", () => {
  test("says what it was estimated from, with an interval", () => {
    const at = startMs + 10_000;
    expect(estimateRun(operationAt([]), nothing, at)).toBeUndefined();
    expect(estimateRun(operationAt([[10, 20]]), nothing, at)).toEqual({
      atTime: "2026-11-22T14:25:51.000Z",
      lowSeconds: 40 - 1.645 * 12,
      highSeconds: 40 + 1.645 * 12,
      basis: "progress",
    });
    expect(estimateRun(operationAt([]), { ...nothing, runs: [30, 30, 30] }, at)).toMatchObject({
      atTime: "2026-11-22T14:25:31.000Z",
      basis: "history",
    });
  });

  test("lies between progress and history, nearer to the surer one", () => {
    const eta = estimateRun(operationAt([[10, 20]]), { ...nothing, runs: [60, 60, 60] }, startMs + 10_000);
    // Progress says 40 s give or take 12, history 50 s give or take 1.2.
    expect(eta?.basis).toBe("progress and history");
    const middle = ((eta?.lowSeconds ?? 0) + (eta?.highSeconds ?? 0)) / 2;
    expect(middle).toBeGreaterThan(49);
    expect(middle).toBeLessThan(50);
  });
});

test("estimatePart() asks the history of the same stage or pipeline", () => {
  const history = {
    runs: [1000],
    stages: new Map([["fit", [20, 20, 20]]]),
    pipelines: new Map([["fit", [29, 30, 31]]]),
  };
  expect(estimatePart(operationAt([]), history, startMs + 5000)).toMatchObject({
    atTime: "2026-11-22T14:25:21.000Z",
    basis: "history",
  });
  const pipeline = { ...operationAt([]), kind: "pipeline" };
  const spread = 1.645 * 1.4826;
  expect(estimatePart(pipeline, history, startMs + 5000)).toEqual({
    atTime: "2026-11-22T14:25:31.000Z",
    lowSeconds: 25 - spread,
    highSeconds: 25 + spread,
    basis: "history",
  });
  expect(estimatePart({ ...pipeline, name: "other" }, history, startMs + 5000)).toBeUndefined();
});

test("readDurationHistory() takes the successful runs of one workflow, newest spools first, until they are enough", () => {
  using directory = temporaryDirectory();
  const spoolRoot = join(directory.path, "spool");
  const runIdOf = (index: number): string => `20261122_142501-${index.toString(16).padStart(8, "0")}`;
  for (let index = 0; index < enoughRuns + 2; index += 1) {
    const spool = openRecordedSpool(spoolRoot, 100 + index, "2026-11-22T14:25:00.000Z");
    appendLogs(spool, [
      lifecycle(runIdOf(index), "pipeline.completed", startMs + 5000, {
        name: "plot",
        "runlight.operation.outcome": "success",
        "runlight.operation.duration": 4,
      }),
      ...wholeRun(runIdOf(index), startMs, 10 + index),
    ]);
    spool.close("ended");
  }
  const spools = listSpools(spoolRoot).map((spool, index) => ({ ...spool, lastWriteMs: index }));
  const settings = { workflow: "monthly-processing", runId: "", spools, notices: createNoticeList() };
  const { runs, stages, pipelines } = readDurationHistory(settings);
  expect(runs).toHaveLength(enoughRuns);
  expect(stages).toEqual(new Map([["load", Array.from({ length: enoughRuns }, () => 2)]]));
  expect(pipelines).toEqual(new Map([["plot", Array.from({ length: enoughRuns }, () => 4)]]));
  expect(readDurationHistory({ ...settings, workflow: "other" })).toEqual(nothing);
});

test("eta() of a run at work comes from earlier runs of its workflow, and there is none of one that ended", () => {
  using directory = temporaryDirectory();
  const spoolRoot = join(directory.path, "spool");
  for (const [index, seconds] of [20, 20, 20].entries()) {
    const spool = openRecordedSpool(spoolRoot, 100 + index, "2026-11-22T14:25:00.000Z");
    appendLogs(spool, wholeRun(`20261122_142501-0000000${index}`, startMs + index, seconds));
    spool.close("ended");
  }
  const beganMs = Date.now() - 5000;
  const spool = openRecordedSpool(spoolRoot, 4711, new Date(beganMs).toISOString());
  appendLogs(spool, [lifecycle("20261122_152501-00000009", "workflow.started", beganMs)]);
  const store = openStore(directory.path);
  const [running, ended] = store.runs();
  expect(store.eta(running!)).toMatchObject({ basis: "history", highSeconds: expect.any(Number) });
  expect(Date.parse(store.eta(running!)!.atTime)).toBe(beganMs + 20_000);
  expect(store.eta(ended!)).toBeUndefined();
  spool.close("ended");
});
