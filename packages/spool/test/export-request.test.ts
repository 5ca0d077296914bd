import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { joinRequest } from "../src/otlp/envelope.ts";
import type { KnownResource } from "../src/segment/resource-table.ts";
import { findCursor, startPositions, updateCursor, writeCursor } from "../src/ship/cursor.ts";
import { ExportRequest } from "../src/ship/export-request.ts";
import { temporaryRoot } from "./support/spools.ts";

/** A resource whose field and schema are bytes that can be told apart. */
function resourceOf(value: number, size = 20): KnownResource {
  const field = Buffer.alloc(size, value);
  return { attributes: {}, message: field, field, schema: Buffer.alloc(3, value + 1) };
}

const part = (resource: KnownResource | "whole", size: number) => ({
  payload: Buffer.alloc(size, 9),
  resource,
  records: 2,
});

test("finish() gives the bytes of joined requests, whatever their lengths, one entry for neighbours of one resource", () => {
  const request = new ExportRequest();
  const [one, other] = [resourceOf(1), resourceOf(5, 1)];
  for (const sizes of [[0], [10], [100, 100_000], [16_000, 300, 2_000_000, 5]]) {
    request.clear();
    const expected: Buffer[] = [];
    for (const size of sizes) {
      request.add(part(one, size));
      request.add(part(one, 7));
      request.add(part(other, size));
      expected.push(joinRequest(one.field, [Buffer.alloc(size + 7, 9)], one.schema));
      expected.push(joinRequest(other.field, [Buffer.alloc(size, 9)], other.schema));
    }
    expect(Buffer.compare(request.finish(), Buffer.concat(expected))).toBe(0);
    expect([request.frames, request.records]).toEqual([sizes.length * 3, sizes.length * 6]);
  }
});

test("takes() holds a request to its bound, but for a first frame that is larger", () => {
  const request = new ExportRequest();
  expect(request.takes(1001, false, 1000)).toBe(true);
  request.add(part(resourceOf(1), 600));
  expect([request.takes(400, false, 1000), request.takes(401, false, 1000)]).toEqual([true, false]);
});

test("takes() leaves a request alone that was kept whole", () => {
  const request = new ExportRequest();
  request.add(part(resourceOf(1), 10));
  expect(request.takes(10, true, 1000)).toBe(false);
  request.clear();
  request.add(part("whole", 10));
  expect([request.takes(10, true, 1000), request.takes(10, false, 1000)]).toEqual([false, false]);
  expect(request.finish()).toEqual(Buffer.alloc(10, 9));
});

test("updateCursor() writes over the cursor there is, and makes one where there is none", () => {
  const directory = temporaryRoot();
  const far = { ...startPositions, logs: { segment: 123_456, offset: 16_000_000 } };
  writeCursor(directory, "a", far);
  const { ino } = statSync(join(directory, "cursor.a"));
  const near = { ...startPositions, logs: { segment: 2, offset: 5 } };
  updateCursor(directory, "a", near);
  expect(findCursor(directory)).toEqual({ owner: "a", positions: near });
  expect(statSync(join(directory, "cursor.a")).ino).toBe(ino);
  expect(JSON.parse(readFileSync(join(directory, "cursor.a"), "utf8"))).toEqual(near);
  const empty = temporaryRoot();
  updateCursor(empty, "b", near);
  expect(readdirSync(empty)).toEqual(["cursor.b"]);
});
