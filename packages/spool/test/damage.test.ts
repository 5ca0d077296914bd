import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { headerBytes } from "../src/frame/codec.ts";
import type { SegmentDamage } from "../src/frame/frame.ts";
import { readFrames } from "../src/segment/read-frames.ts";
import { goneProcess, writeSpool } from "./support/fixtures.ts";
import { bodiesIn, logOf, temporaryRoot } from "./support/spools.ts";

describe("readFrames()", () => {
  test("reads every cut of a segment to its last whole frame", () => {
    const { directory, path, bytes } = threeRecords();
    const ends = [...readFrames(directory)].map((frame) => frame.offset).slice(1);
    ends.push(bytes.length);
    for (let length = bytes.length; length >= 0; length -= 1) {
      truncateSync(path, length);
      const damage: SegmentDamage[] = [];
      const frames = [...readFrames(directory, { onDamage: (one) => damage.push(one) })];
      expect(frames).toHaveLength(ends.filter((end) => end <= length).length);
      const whole = frames.length === 0 ? 0 : (ends[frames.length - 1] ?? 0);
      const resourceEnd = headerBytes + bytes.readUInt32LE(8);
      const readTo = whole === 0 && length >= resourceEnd ? resourceEnd : whole;
      const torn = {
        path,
        offset: readTo,
        sizeBytes: length - readTo,
        kind: "torn",
        reason: "the last frame was not written whole",
      };
      expect(damage).toEqual(length === readTo ? [] : [torn]);
    }
  });

  test("passes over one frame when any of its bytes has changed, and tells", () => {
    const { directory, path, bytes } = threeRecords();
    const [, second, third] = [...readFrames(directory)].map((frame) => frame.offset);
    for (let at = second ?? 0; at < (third ?? 0); at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      writeFileSync(path, changed);
      const damage: SegmentDamage[] = [];
      expect([...readFrames(directory, { onDamage: (one) => damage.push(one) })]).toHaveLength(2);
      expect(bodiesIn(directory)).toEqual(["one", "three"]);
      expect(damage).toMatchObject([
        { path, offset: second, sizeBytes: (third ?? 0) - (second ?? 0), kind: "corrupt" },
      ]);
    }
  });

  test("reads records whose resource is damaged, with what another segment says of it", () => {
    const root = temporaryRoot();
    const requests = ["one", "two"].map((body) => ["logs", logOf(body, "flights")] as const);
    const directory = writeSpool(root, { identity: goneProcess(), requests, bounds: { maxSegmentBytes: 1 } });
    const path = join(directory, "000002.otlp");
    const bytes = readFileSync(path);
    bytes[headerBytes + 3] = 0;
    writeFileSync(path, bytes);
    expect([...readFrames(directory)].map((frame) => frame.resource)).toEqual([
      { "service.name": "flights" },
      { "service.name": "flights" },
    ]);
    rmSync(join(directory, "000001.otlp"));
    expect(bodiesIn(directory)).toEqual(["two"]);
    expect([...readFrames(directory)].map((frame) => frame.resource)).toEqual([{}]);
  });

  test("tells of a segment that is something else, and reads the others", () => {
    const root = temporaryRoot();
    const requests = ["one", "two", "three"].map((body) => ["logs", logOf(body)] as const);
    const directory = writeSpool(root, { identity: goneProcess(), requests, bounds: { maxSegmentBytes: 1 } });
    const path = join(directory, "000002.otlp");
    writeFileSync(path, Buffer.alloc(5000, 0xaa));
    const damage: SegmentDamage[] = [];
    expect([...readFrames(directory, { onDamage: (one) => damage.push(one) })]).toHaveLength(2);
    expect(damage).toMatchObject([{ path, offset: 0, sizeBytes: 5000, kind: "corrupt" }]);
  });

  test("tells of a directory that is not there", () => {
    const damage: SegmentDamage[] = [];
    expect([...readFrames("/nonexistent", { onDamage: (one) => damage.push(one) })]).toEqual([]);
    expect(damage).toMatchObject([{ path: "/nonexistent", kind: "unreadable" }]);
  });

  test("never throws for random bytes", () => {
    const { directory, path, bytes } = threeRecords();
    for (let round = 0; round < 300; round += 1) {
      const changed = Buffer.from(bytes);
      for (let count = 0; count < 5; count += 1)
        changed[Math.floor(Math.random() * changed.length)] = Math.floor(Math.random() * 256);
      writeFileSync(path, changed);
      expect([...readFrames(directory)].length).toBeLessThanOrEqual(3);
    }
  });
});

function threeRecords(): { readonly directory: string; readonly path: string; readonly bytes: Buffer } {
  const requests = ["one", "two", "three"].map((body) => ["logs", logOf(body)] as const);
  const directory = writeSpool(temporaryRoot(), { identity: goneProcess(), requests });
  expect(readdirSync(directory)).toContain("000001.otlp");
  const path = join(directory, "000001.otlp");
  return { directory, path, bytes: readFileSync(path) };
}
