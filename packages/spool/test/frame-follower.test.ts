import { appendFileSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { decodeLogs } from "../src/otlp/decode-logs.ts";
import { FrameFollower } from "../src/segment/frame-follower.ts";
import { listSegments } from "../src/segment/segment-files.ts";
import { logOf, openTestSpool, temporaryRoot } from "./support/spools.ts";

const prompt = { urgency: "prompt", records: 1 } as const;

function bodiesSince(follower: FrameFollower): readonly unknown[] {
  return [...follower.read()].flatMap(({ bytes }) => decodeLogs(bytes).map(({ body }) => body));
}

test("FrameFollower.read() gives each frame once", () => {
  const spool = openTestSpool(temporaryRoot());
  const follower = new FrameFollower({ directory: spool.directory, signals: ["logs"] });
  expect(bodiesSince(follower)).toEqual([]);
  for (const round of [0, 1, 2]) {
    spool.append("logs", logOf(`first of ${round}`), prompt);
    spool.append("logs", logOf(`second of ${round}`), prompt);
    spool.flush();
    expect(bodiesSince(follower)).toEqual([`first of ${round}`, `second of ${round}`]);
    expect(bodiesSince(follower)).toEqual([]);
  }
});

test("FrameFollower.read() waits for a frame that is not whole yet", () => {
  const spool = openTestSpool(temporaryRoot());
  spool.append("logs", logOf("whole"), prompt);
  spool.append("logs", logOf("torn"), prompt);
  spool.flush();
  const path = listSegments(spool.directory)[0]!.path;
  const bytes = readFileSync(path);
  truncateSync(path, bytes.length - 5);
  const damages: unknown[] = [];
  const onDamage = (damage: unknown): void => void damages.push(damage);
  const follower = new FrameFollower({ directory: spool.directory, signals: ["logs"], onDamage });
  expect(bodiesSince(follower)).toEqual(["whole"]);
  appendFileSync(path, bytes.subarray(-5));
  expect(bodiesSince(follower)).toEqual(["torn"]);
  expect(damages).toEqual([]);
});

test("FrameFollower.read() goes on in the next segment, with the resource it learnt", () => {
  const spool = openTestSpool(temporaryRoot());
  spool.append("logs", logOf("first"), prompt);
  spool.flush();
  const follower = new FrameFollower({ directory: spool.directory, signals: ["logs"] });
  const [first] = [...follower.read()];
  const path = listSegments(spool.directory)[0]!.path;
  writeFileSync(path.replace("000001", "000002"), readFileSync(path));
  const [second] = [...follower.read()];
  expect(second).toMatchObject({ segment: 2, resource: first!.resource });
  expect([...follower.read()]).toEqual([]);
});
