import { appendFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { headerBytes, writeFrame } from "../src/frame/codec.ts";
import type { SegmentDamage } from "../src/frame/frame.ts";
import { LatestTime } from "../src/recovery/latest-time.ts";
import { SegmentReader } from "../src/segment/segment-reader.ts";
import type { Signal } from "../src/settings.ts";
import { temporaryRoot } from "./support/spools.ts";

/** A frame of `size` bytes that are all `value`. */
function frameOf(kind: Signal, value: number, size = 10): Buffer {
  const bytes = Buffer.alloc(headerBytes + size);
  writeFrame(bytes, 0, { kind, whole: false, resource: 0, records: 1, payload: Buffer.alloc(size, value) });
  return bytes;
}

function readerOf(...parts: readonly Buffer[]): {
  readonly path: string;
  readonly reader: SegmentReader;
  readonly damage: SegmentDamage[];
} {
  const path = join(temporaryRoot(), "segment");
  writeFileSync(path, Buffer.concat(parts));
  const damage: SegmentDamage[] = [];
  const reader = new SegmentReader(path, 0, (one) => damage.push(one));
  onTestFinished(() => reader.close());
  return { path, reader, damage };
}

/** First bytes of the payloads that are left. */
function valuesIn(reader: SegmentReader, signal?: Signal): readonly (number | undefined)[] {
  const values: (number | undefined)[] = [];
  for (let frame = reader.next(true, signal); frame !== undefined; frame = reader.next(true, signal))
    values.push(frame.payload[0]);
  return values;
}

test("next() of one signal passes the others over, small ones and those beyond what is in memory", () => {
  const large = 300 * 1024;
  const { reader, damage } = readerOf(
    frameOf("traces", 1),
    frameOf("logs", 2),
    frameOf("metrics", 3, large),
    frameOf("traces", 4, large),
    frameOf("logs", 5, large),
    frameOf("traces", 6),
  );
  expect(valuesIn(reader, "logs")).toEqual([2, 5]);
  expect(damage).toEqual([]);
  reader.seek(0);
  expect(valuesIn(reader)).toEqual([1, 2, 3, 4, 5, 6]);
});

test("next() of one signal finds the frame behind another signal's whose length has changed", () => {
  const changed = frameOf("traces", 1);
  changed.writeUInt32LE(25, 8);
  const { reader, damage } = readerOf(changed, frameOf("logs", 2), frameOf("logs", 3));
  expect(valuesIn(reader, "logs")).toEqual([2, 3]);
  expect(damage.map(({ kind, offset, sizeBytes }) => ({ kind, offset, sizeBytes }))).toEqual([
    { kind: "corrupt", offset: 0, sizeBytes: headerBytes + 10 },
  ]);
});

test("next() of one signal waits for another signal's frame that is not whole yet, and reads it with care where half a frame follows", () => {
  const other = frameOf("traces", 1, 1000);
  const { path, reader, damage } = readerOf(other.subarray(0, 500));
  expect(reader.next(false, "logs")).toBeUndefined();
  expect(reader.position).toBe(0);
  appendFileSync(path, Buffer.concat([other.subarray(500), frameOf("logs", 2).subarray(0, 7)]));
  expect(reader.next(false, "logs")?.kind).toBe("traces");
  expect(reader.next(false, "logs")).toBeUndefined();
  appendFileSync(path, frameOf("logs", 2).subarray(7));
  expect(reader.next(false, "logs")?.payload[0]).toBe(2);
  expect(damage).toEqual([]);
});

test("isRemoved tells that a segment was removed, whose frames are read all the same", () => {
  const { path, reader } = readerOf(frameOf("logs", 1));
  expect([reader.next(false) !== undefined, reader.isRemoved]).toEqual([true, false]);
  rmSync(path);
  expect([reader.next(false), reader.isRemoved]).toEqual([undefined, true]);
});

test("LatestTime() keeps the latest time up to its bound, to the nanosecond", () => {
  const bound = 1_700_000_000_000_000_001n;
  const times = new LatestTime(bound);
  expect(times.value).toBe(0n);
  for (const time of [5n, bound - 1n, bound + 1n, 1n << 63n, 7n]) times.seeWhole(time);
  expect(times.value).toBe(bound - 1n);
  times.seeWhole(bound);
  expect(times.value).toBe(bound);
});
