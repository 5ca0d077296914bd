import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { MemoryWatch, memoryReading, readingMs } from "../../src/operation/memory.ts";

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

test("memoryReading() reads again when a reading is as old as its bound, and not before", () => {
  const first = memoryReading();
  grow();
  vi.advanceTimersByTime(readingMs - 0.001);
  expect(memoryReading()).toBe(first);
  vi.advanceTimersByTime(0.001);
  const second = memoryReading();
  expect(second.residentBytes - first.residentBytes).toBeGreaterThan(32 * mebibyte);
  expect(second.highWaterBytes).toBeGreaterThanOrEqual(first.highWaterBytes);
});

test("peakBytes() is the highest sample, unless the process grew beyond all before", () => {
  const start = memoryReading();
  const { residentBytes, highWaterBytes } = start;
  const watch = new MemoryWatch(start);
  expect(watch.peakBytes(start)).toBe(residentBytes);
  watch.sample(residentBytes + 5);
  watch.sample(residentBytes + 2);
  expect(watch.peakBytes(start)).toBe(residentBytes + 5);
  expect(watch.peakBytes({ residentBytes: residentBytes + 7, highWaterBytes })).toBe(residentBytes + 7);

  while (process.resourceUsage().maxRSS * 1024 === highWaterBytes) grow();
  vi.advanceTimersByTime(readingMs);
  const later = memoryReading();
  expect(watch.peakBytes(later)).toBe(later.highWaterBytes);
  expect(later.highWaterBytes).toBeGreaterThan(highWaterBytes);
});
