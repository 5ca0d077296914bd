import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { headerBytes, writeFrame } from "../src/frame/codec.ts";
import type { SegmentDamage } from "../src/frame/frame.ts";
import { SegmentReader } from "../src/segment/segment-reader.ts";
import { startChild } from "./support/children.ts";
import { temporaryRoot } from "./support/spools.ts";

const frames = 200_000;

/** Appends the given bytes again and again, a few at a time, so that a reader meets many half-written frames. */
const appender = `
  import { openSync, readFileSync, writeSync } from "node:fs";
  const [source, target] = process.argv.slice(1);
  const bytes = readFileSync(source);
  const file = openSync(target, "a");
  for (let at = 0; at < bytes.length; at += 997) writeSync(file, bytes, at, Math.min(997, bytes.length - at));
`;

test("SegmentReader() passes no frame over that becomes whole while it looks", async () => {
  const root = temporaryRoot();
  const payload = Buffer.alloc(4, 7);
  const bytes = Buffer.alloc(frames * (headerBytes + payload.length));
  for (let index = 0, position = 0; index < frames; index += 1)
    position = writeFrame(bytes, position, { kind: "logs", whole: false, resource: 0, records: 1, payload });
  const [source, target] = [join(root, "source"), join(root, "target")];
  writeFileSync(source, bytes);
  writeFileSync(target, "");

  const damage: SegmentDamage[] = [];
  const reader = new SegmentReader(target, 0, (found) => damage.push(found));
  const child = startChild(appender, [source, target]);
  let isOver = false;
  void child.ended.then(() => (isOver = true));
  let read = 0;
  for (;;) {
    const wasOver = isOver;
    // Many looks at the very end: the half frame there is what this is about.
    for (let looks = 0; looks < 2000; looks += 1) while (reader.next(wasOver) !== undefined) read += 1;
    if (wasOver) break;
    await new Promise((resolve) => setImmediate(resolve));
  }
  reader.close();
  expect({ read, damage }).toEqual({ read: frames, damage: [] });
});
