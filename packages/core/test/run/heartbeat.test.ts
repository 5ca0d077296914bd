import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { stage, workflow } from "../../src/operation/kinds.ts";
import { setHeartbeatInterval } from "../../src/run/heartbeat-interval.ts";
import { createRecordingSink } from "../recording-sink.ts";

beforeEach(() => {
  vi.useFakeTimers();
  setHeartbeatInterval(15_000);
});
afterEach(() => vi.useRealTimers());

test("workflow() beats at its interval with what is open, how far it is and its memory", async () => {
  using sink = createRecordingSink();
  let finish!: () => void;
  const running = workflow("w", async (run) => {
    run.progress({ done: 1, total: 4, unit: "month" });
    await stage("load", () => new Promise<void>((resolve) => (finish = resolve)));
  });
  await vi.advanceTimersByTimeAsync(30_500);
  finish();
  await running;
  await vi.advanceTimersByTimeAsync(60_000);
  const beats = sink.records.filter((record) => record.eventName === "workflow.heartbeat");
  expect(beats.length).toBe(2);
  expect(beats[0]?.attributes).toMatchObject({
    "workflow.definition.name": "w",
    "runlight.open.operations": ["workflow w", "stage load"],
    "runlight.heartbeat.interval": 15,
    "runlight.progress.done": 1,
    "runlight.progress.total": 4,
    "runlight.progress.unit": "month",
  });
  expect(beats[0]?.attributes["runlight.memory.end"]).toBeGreaterThan(10_000_000);
});

test("workflow() says at a heartbeat when it is likely to end, once enough is done to tell", async () => {
  using sink = createRecordingSink();
  let finish!: () => void;
  const running = workflow("w", async (run) => {
    run.progress({ done: 1, total: 101 });
    await new Promise<void>((resolve) => setTimeout(resolve, 20_000));
    run.progress({ done: 50, total: 100 });
    await new Promise<void>((resolve) => (finish = resolve));
  });
  await vi.advanceTimersByTimeAsync(60_500);
  finish();
  await running;
  const seconds = sink.records
    .filter((record) => record.eventName === "workflow.heartbeat")
    .map(({ timeMs, attributes }) => [timeMs, attributes["runlight.eta.seconds"]]);
  const [first, second, third, last] = seconds as [number, number | undefined][];
  expect(first![1]).toBeUndefined();
  // Half was done after 20 s, so it takes 40 s: less what has passed, and never less than nothing.
  expect(second![1]! - third![1]!).toBeGreaterThan(8);
  expect(second![1]! - third![1]!).toBeCloseTo(Math.min(second![1]!, (third![0] - second![0]) / 1000), 1);
  expect(last![1]).toBe(0);
});

test("progress() is told at most once a second, and when it is complete", async () => {
  using sink = createRecordingSink();
  await workflow("w", async (run) => {
    for (let done = 0; done <= 100; done += 1) run.progress({ done, total: 100, unit: "row" });
  });
  const told = sink.records
    .filter((record) => record.eventName === "workflow.progress")
    .map((record) => record.attributes["runlight.progress.done"]);
  expect(told).toEqual([0, 100]);
});

test("progress() ignores what makes no sense and raises a total that is passed", () => {
  using sink = createRecordingSink();
  workflow("w", (run) => {
    run.progress({ done: Number.NaN });
    run.progress({ done: -1 });
    run.progress({ done: 5, total: 4 });
  });
  const told = sink.records.filter((record) => record.eventName === "workflow.progress");
  expect(told.map((record) => record.attributes["runlight.progress.total"])).toEqual([5]);
});
