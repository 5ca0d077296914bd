import { expect, test } from "vitest";
import { mergeByTime } from "../src/read/merge-by-time.ts";

test("mergeByTime() merges by time and keeps the order within a source", () => {
  const source = (name: string, ...times: bigint[]): Iterator<{ at: bigint; item: string }> =>
    times.map((at) => ({ at, item: `${name}${at}` })).values();
  expect([...mergeByTime([source("a", 1n, 5n, 4n), source("b"), source("c", 1n, 2n, 9n)])]).toEqual([
    "a1",
    "c1",
    "c2",
    "a5",
    "a4",
    "c9",
  ]);
});
