import { join } from "node:path";
import { temporaryDirectory } from "@runlight/testing";
import { expect, test } from "vitest";
import { openStore } from "../src/open-store.ts";
import type { Store } from "../src/open-store.ts";
import { appendLogs, openRecordedSpool } from "./support/record-process.ts";
import { wholeRun } from "./support/recorded-run.ts";

const start = Date.UTC(2026, 10, 22, 14, 25, 1);
const ids = ["20261122_142501-00000001", "20261122_142501-00000002", "nightly", "nightly-2"];

const directory = temporaryDirectory();
const spool = openRecordedSpool(join(directory.path, "spool"), 4711, "2026-11-22T14:25:00.000Z");
appendLogs(
  spool,
  ids.flatMap((id, index) => wholeRun(id, start + index * 1000)),
);
spool.close("ended");
const store = openStore(directory.path);

test.each([
  ["latest", "nightly-2"],
  ["20261122_142501-00000002", "20261122_142501-00000002"],
  ["20261122_142501-00000001", "20261122_142501-00000001"],
  ["nightly-", "nightly-2"],
  ["nightly", "nightly"],
])("find() takes %s for %s", (reference, runId) => {
  expect(found(store, reference)).toBe(runId);
});

test("find() tells every run that an ambiguous beginning fits, newest first", () => {
  const lookup = store.find("20261122");
  expect(lookup.kind === "ambiguous" ? lookup.candidates.map(({ runId }) => runId) : lookup).toEqual([
    "20261122_142501-00000002",
    "20261122_142501-00000001",
  ]);
});

test.each(["", "2027", "20261122_142501-000000011", "Latest"])("find() finds no run for %j", (reference) => {
  expect(store.find(reference)).toEqual({ kind: "none" });
});

function found(of: Store, reference: string): string | undefined {
  const lookup = of.find(reference);
  return lookup.kind === "found" ? lookup.run.runId : undefined;
}
