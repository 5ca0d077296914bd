import { expect, test } from "vitest";
import { decodeLogs } from "../src/otlp/decode-logs.ts";
import { splitRequest } from "../src/otlp/envelope.ts";
import { WireWriter } from "../src/otlp/wire-writer.ts";
import { readFrames } from "../src/segment/read-frames.ts";
import type { ItemBatch } from "../src/spool/item-batch.ts";
import type { Spool } from "../src/spool/spool.ts";
import { openTestSpool, temporaryRoot } from "./support/spools.ts";
import { logRequest } from "./support/telemetry.ts";

/** A batch of log records under the resource of an official request. */
async function openLogs(spool: Spool): Promise<ItemBatch> {
  const envelope = splitRequest(await logRequest());
  const scope = new WireWriter();
  scope.message(1, () => scope.string(1, "items"));
  const { resource = new Uint8Array(), schema = new Uint8Array() } = envelope ?? {};
  const batch = spool.openItems("logs", { resource, schema, scope: scope.finish() });
  if (batch === undefined) throw new Error("no batch");
  return batch;
}

function add(batch: ItemBatch, body: string, urgency: "batched" | "prompt" = "batched"): void {
  const item = batch.writer.beginItem(0x12);
  const value = batch.writer.beginMessage(0x2a);
  batch.writer.string(0x0a, body);
  batch.writer.endMessage(value);
  batch.writer.endItem(item);
  batch.commit(urgency, performance.now());
}

function framesOf(spool: Spool): readonly { readonly records: number; readonly bodies: readonly unknown[] }[] {
  return [...readFrames(spool.directory)].map((frame) => ({
    records: frame.records,
    bodies: decodeLogs(frame.bytes).map((record) => record.body),
  }));
}

test("openItems() makes one frame of what comes between two writes", async () => {
  const spool = openTestSpool(temporaryRoot());
  const batch = await openLogs(spool);
  for (const body of ["short", "x".repeat(100), "y".repeat(40_000)]) add(batch, body);
  spool.flush();
  add(batch, "later");
  spool.flush();
  expect(framesOf(spool)).toEqual([
    { records: 3, bodies: ["short", "x".repeat(100), "y".repeat(40_000)] },
    { records: 1, bodies: ["later"] },
  ]);
  expect(spool.statistics().written.logs).toBe(4);
});

test("openItems() keeps the order with requests of the same signal", async () => {
  const spool = openTestSpool(temporaryRoot());
  const batch = await openLogs(spool);
  add(batch, "first");
  spool.append("logs", await logRequest(), { urgency: "batched", records: 2 });
  add(batch, "last");
  spool.flush();
  const frames = framesOf(spool);
  expect([frames.length, frames[0]?.bodies, frames[2]?.bodies]).toEqual([3, ["first"], ["last"]]);
});

test("openItems() has a prompt item in the file when commit() returns", async () => {
  const spool = openTestSpool(temporaryRoot());
  const batch = await openLogs(spool);
  add(batch, "batched");
  expect(framesOf(spool)).toEqual([]);
  add(batch, "prompt", "prompt");
  expect(framesOf(spool)).toEqual([{ records: 2, bodies: ["batched", "prompt"] }]);
});

test("openItems() writes at 64 KiB without being asked, and counts what waits", async () => {
  const spool = openTestSpool(temporaryRoot());
  const batch = await openLogs(spool);
  for (let count = 0; count < 7; count += 1) add(batch, "x".repeat(8 * 1024));
  expect(spool.statistics().bufferedBytes).toBeGreaterThan(56 * 1024);
  expect(framesOf(spool)).toEqual([]);
  add(batch, "x".repeat(8 * 1024));
  expect(framesOf(spool).map(({ records }) => records)).toEqual([8]);
  expect(spool.statistics().bufferedBytes).toBe(0);
});

test("commit() of batched items has a prompt one in the file that came before them, though no timer runs", async () => {
  const spool = openTestSpool(temporaryRoot());
  const batch = await openLogs(spool);
  add(batch, "first", "prompt");
  add(batch, "second", "prompt");
  expect(framesOf(spool).flatMap(({ bodies }) => bodies)).toEqual(["first"]);
  const startedAt = performance.now();
  while (performance.now() - startedAt < 11) add(batch, "later");
  expect(framesOf(spool).flatMap(({ bodies }) => bodies)).toContain("second");
});

test("rollback() forgets what was not committed", async () => {
  const spool = openTestSpool(temporaryRoot());
  const batch = await openLogs(spool);
  add(batch, "kept");
  batch.writer.string(0x0a, "half an item");
  batch.rollback();
  add(batch, "after");
  spool.flush();
  expect(framesOf(spool)).toEqual([{ records: 2, bodies: ["kept", "after"] }]);
});

test("commit() after close() and beyond the buffer's bound is a drop, counted", async () => {
  const spool = openTestSpool(temporaryRoot(), { maxBufferBytes: 1000 });
  const batch = await openLogs(spool);
  add(batch, "x".repeat(2000));
  spool.flush();
  expect(spool.statistics().dropped.logs).toEqual({ oversized: 1 });
  spool.close("ended");
  add(batch, "late");
  expect(spool.statistics().dropped.logs).toEqual({ oversized: 1, closed: 1 });
});

test("openItems() refuses an item that is too large, and none beside it", async () => {
  const spool = openTestSpool(temporaryRoot());
  const batch = await openLogs(spool);
  for (const body of ["before", "x".repeat(9 * 1024 * 1024), "after"]) add(batch, body);
  spool.flush();
  expect(framesOf(spool).map(({ bodies }) => bodies)).toEqual([["before"], ["after"]]);
  expect(spool.statistics().dropped.logs).toEqual({ oversized: 1 });
});
