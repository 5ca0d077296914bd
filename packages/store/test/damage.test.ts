import { appendFileSync, readdirSync, rmSync, truncateSync, statSync } from "node:fs";
import { join } from "node:path";
import { temporaryDirectory } from "@runlight/testing";
import { expect, test } from "vitest";
import { openStore } from "../src/open-store.ts";
import { corruptSegment } from "./support/corrupt.ts";
import { appendLogs, openRecordedSpool } from "./support/record-process.ts";
import { wholeRun } from "./support/recorded-run.ts";

const start = Date.UTC(2026, 10, 22, 14, 25, 1);
const first = "20261122_142501-00000001";
const second = "20261122_142601-00000002";

function segmentsOf(spool: string): readonly string[] {
  return readdirSync(spool)
    .filter((name) => name.endsWith(".otlp"))
    .map((name) => join(spool, name));
}

test("runs() passes over a corrupt frame, answers from the others and tells it once", () => {
  using directory = temporaryDirectory();
  const root = join(directory.path, "spool");
  const damaged = openRecordedSpool(root, 4711, "2026-11-22T14:25:00.000Z");
  appendLogs(damaged, wholeRun(first, start));
  damaged.close("ended");
  const sound = openRecordedSpool(root, 4712, "2026-11-22T14:26:00.000Z");
  appendLogs(sound, wholeRun(second, start + 60_000));
  sound.close("ended");
  const [segment] = segmentsOf(damaged.directory);
  corruptSegment(segment!);
  const store = openStore(directory.path);
  expect(store.runs().map(({ runId }) => runId)).toEqual([second]);
  expect(store.runs()).toHaveLength(1);
  expect(store.notices().map(({ path }) => path)).toEqual([segment]);
  expect(store.notices()[0]!.message).toMatch(/^\d+ bytes from byte \d+ on are corrupt: /u);
});

test("runs() reads a torn tail to its last whole frame, and says nothing where a process is at work", () => {
  using directory = temporaryDirectory();
  const spool = openRecordedSpool(join(directory.path, "spool"), 4711, "2026-11-22T14:25:00.000Z");
  const records = wholeRun(first, Date.now() - 10_000);
  appendLogs(spool, records.slice(0, 2));
  appendLogs(spool, records.slice(2));
  const [segment] = segmentsOf(spool.directory);
  truncateSync(segment!, statSync(segment!).size - 3);
  const store = openStore(directory.path);
  expect(store.runs()).toMatchObject([{ runId: first, status: "running", stages: { done: 0, failed: 0, open: 1 } }]);
  expect(store.notices()).toEqual([]);
  spool.close("ended");
});

test("runs() tells a frame that holds no OTLP", () => {
  using directory = temporaryDirectory();
  const spool = openRecordedSpool(join(directory.path, "spool"), 4711, "2026-11-22T14:25:00.000Z");
  spool.append("logs", Buffer.from("b\u0010workflow.started, and yet no protobuf"), { urgency: "prompt", records: 1 });
  appendLogs(spool, wholeRun(first, start));
  spool.close("ended");
  const store = openStore(directory.path);
  expect(store.runs()).toHaveLength(1);
  expect(store.notices()).toHaveLength(1);
  expect(store.notices()[0]!.message).toMatch(/^segment 1 holds no OTLP request at byte \d+: SyntaxError: /u);
});

test("runs() passes over what is no spool", () => {
  using directory = temporaryDirectory();
  const spool = openRecordedSpool(join(directory.path, "spool"), 4711, "2026-11-22T14:25:00.000Z");
  appendLogs(spool, wholeRun(first, start));
  spool.close("ended");
  appendFileSync(join(directory.path, "spool", "notes.txt"), "mine");
  const broken = openRecordedSpool(join(directory.path, "spool"), 4712, "2026-11-22T14:26:00.000Z");
  rmSync(join(broken.directory, "process.json"));
  expect(openStore(directory.path).runs()).toHaveLength(1);
  broken.close("ended");
});
