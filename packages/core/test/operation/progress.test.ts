import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { stage } from "../../src/operation/kinds.ts";
import type { Operation } from "../../src/operation/operation.ts";
import { progressIntervalMs } from "../../src/operation/progress-teller.ts";
import { createRecordingSink } from "../recording-sink.ts";
import type { RecordingSink } from "../recording-sink.ts";

let sink: RecordingSink;
let load: Operation;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
  sink = createRecordingSink();
  load = stage.start("load");
});
afterEach(() => {
  load.end();
  sink[Symbol.dispose]();
  vi.useRealTimers();
});

const told = (): readonly unknown[] =>
  sink.records.flatMap(({ eventName, attributes }) =>
    eventName === "workflow.progress" ? [attributes["runlight.progress.done"]] : [],
  );

test("progress() tells the first, and the next when its bound has passed", () => {
  load.progress({ done: 1, total: 9 });
  vi.advanceTimersByTime(progressIntervalMs - 1);
  load.progress({ done: 2, total: 9 });
  expect(told()).toEqual([1]);
  vi.advanceTimersByTime(1);
  load.progress({ done: 3, total: 9 });
  expect(told()).toEqual([1, 3]);
  expect(load.lastProgress).toEqual({ done: 3, total: 9 });
});

test("progress() tells at once that all is done", () => {
  load.progress({ done: 1, total: 2 }).progress({ done: 2, total: 2 });
  expect(told()).toEqual([1, 2]);
});

test("progress() beyond its total is told as often as any", () => {
  for (let done = 0; done < 1000; done += 1) load.progress({ done, total: 5 });
  expect(told()).toEqual([0, 5]);
  vi.advanceTimersByTime(progressIntervalMs);
  load.progress({ done: 1000, total: 5 });
  expect(told()).toEqual([0, 5, 1000]);
});

test("progress() without a total is told as often as any", () => {
  for (let done = 0; done < 1000; done += 1) load.progress({ done });
  expect(told()).toEqual([0]);
});

test("progress() after the end is not told", () => {
  load.end();
  load.progress({ done: 1, total: 1 });
  expect([told(), load.lastProgress]).toEqual([[], undefined]);
});
