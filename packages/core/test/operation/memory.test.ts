import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { MemoryWatch, highWaterBytes, readingMs, residentMemoryBytes } from "../../src/operation/memory.ts";

const mebibyte = 1024 * 1024;
const held: Buffer[] = [];

/** Grows the process by pages that are really used. */
function grow(): void {
  held.push(Buffer.alloc(64 * mebibyte, 1));
}

// A monotonic clock that stands still unless it is told: the tests of one file are in one process, so it never goes back.
let startMs = performance.now();
beforeEach(() => {
  startMs += 1_000_000;
  vi.useFakeTimers({ toFake: ["performance"], now: startMs });
  vi.advanceTimersByTime(startMs);
});
afterEach(() => {
  vi.useRealTimers();
  held.length = 0;
});

test("residentMemoryBytes() reads again when a reading is as old as its bound, and not before", () => {
  const [resident, highWater] = [residentMemoryBytes(), highWaterBytes()];
  grow();
  vi.advanceTimersByTime(readingMs - 0.001);
  expect([residentMemoryBytes(), highWaterBytes()]).toEqual([resident, highWater]);
  vi.advanceTimersByTime(0.001);
  expect(residentMemoryBytes() - resident).toBeGreaterThan(32 * mebibyte);
  expect(highWaterBytes()).toBeGreaterThanOrEqual(highWater);
});

test("peakBytes() is the highest sample, unless the process grew beyond all before", () => {
  const watch = new MemoryWatch();
  expect(watch.peakBytes(watch.startBytes)).toBe(watch.startBytes);
  watch.sample(watch.startBytes + 5);
  watch.sample(watch.startBytes + 2);
  expect(watch.peakBytes(watch.startBytes)).toBe(watch.startBytes + 5);
  expect(watch.peakBytes(watch.startBytes + 7)).toBe(watch.startBytes + 7);

  const before = highWaterBytes();
  while (process.resourceUsage().maxRSS * 1024 === before) grow();
  vi.advanceTimersByTime(readingMs);
  const peak = watch.peakBytes(watch.startBytes);
  expect(peak).toBe(highWaterBytes());
  expect(peak).toBeGreaterThan(before);
});
