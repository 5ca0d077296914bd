import { afterEach, expect, test } from "vitest";
import { formatBytes } from "../../src/format/bytes.ts";
import { formatCount, formatShare } from "../../src/format/count.ts";
import { formatDuration } from "../../src/format/duration.ts";
import { formatTime, formatTimeOfDay } from "../../src/format/time.ts";

test.each([
  [0, "0 µs"],
  [0.000_012, "12 µs"],
  [0.000_999, "999 µs"],
  [0.001, "1.0 ms"],
  [0.0123, "12 ms"],
  [0.999, "999 ms"],
  [0.9996, "1.0 s"],
  [59.94, "59.9 s"],
  [59.96, "1 min 00 s"],
  [185.2, "3 min 05 s"],
  [3599.4, "59 min 59 s"],
  [3599.6, "1 h 00 min"],
  [7530, "2 h 06 min"],
  [86_369, "23 h 59 min"],
  [86_371, "1 d 00 h"],
  [273_600, "3 d 04 h"],
  [-1, "-"],
  [Number.NaN, "-"],
])("formatDuration() of %d s is %s", (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test.each([
  [0, "0 B"],
  [1023, "1023 B"],
  [1024, "1.0 KiB"],
  [10_188, "9.9 KiB"],
  [10_189, "10 KiB"],
  [1_048_063, "1023 KiB"],
  [1_048_064, "1.0 MiB"],
  [241_172_480, "230 MiB"],
  [1_288_490_189, "1.2 GiB"],
  [2 ** 63, "8192 PiB"],
  [-1, "-"],
  [Number.POSITIVE_INFINITY, "-"],
])("formatBytes() of %d is %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [0, "0"],
  [12.53, "12.5"],
  [0.001234, "0.00123"],
  [99.94, "99.9"],
  [1234.5, "1,235"],
  [3_000_000, "3,000,000"],
  [-1_234_567, "-1,234,567"],
  [100_000, "100,000"],
  [999, "999"],
  [Number.NaN, "-"],
])("formatCount() of %d is %s", (count, text) => {
  expect(formatCount(count)).toBe(text);
});

test.each([
  [0, "0%"],
  [0.0004, "<0.1%"],
  [0.004, "0.4%"],
  [0.426, "43%"],
  [1.2, "120%"],
  [Number.NaN, "-"],
])("formatShare() of %d is %s", (share, text) => {
  expect(formatShare(share)).toBe(text);
});

const zone = process.env["TZ"];

afterEach(() => {
  if (zone === undefined) delete process.env["TZ"];
  else process.env["TZ"] = zone;
});

test.each([
  ["UTC", "2026-11-22 14:25:01 UTC", "14:25:01.042"],
  ["Europe/Berlin", "2026-11-22 15:25:01 +01:00", "15:25:01.042"],
  ["America/St_Johns", "2026-11-22 10:55:01 -03:30", "10:55:01.042"],
])("formatTime() in %s is %s", (timeZone, full, timeOfDay) => {
  process.env["TZ"] = timeZone;
  expect(formatTime(Date.UTC(2026, 10, 22, 14, 25, 1, 42))).toBe(full);
  expect(formatTimeOfDay(Date.UTC(2026, 10, 22, 14, 25, 1, 42))).toBe(timeOfDay);
  expect(formatTime(Date.UTC(2026, 10, 22, 14, 25, 1, 42), "milliseconds")).toBe(full.replace(":01 ", ":01.042 "));
});

test("formatTime() of no date is -", () => {
  expect([formatTime(Number.NaN), formatTimeOfDay(Number.NaN)]).toEqual(["-", "-"]);
});
