import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { headerBytes, readFrame, writeFrame } from "../src/frame/codec.ts";
import type { SegmentDamage } from "../src/frame/frame.ts";
import { Unpacker } from "../src/frame/packed.ts";
import { splitRequest } from "../src/otlp/envelope.ts";
import { WireReader } from "../src/otlp/wire-reader.ts";
import { WireWriter } from "../src/otlp/wire-writer.ts";
import { readFrames } from "../src/segment/read-frames.ts";
import { listSegments } from "../src/segment/segment-files.ts";
import type { ItemBatch } from "../src/spool/item-batch.ts";
import type { ItemModel } from "../src/spool/item-model.ts";
import type { Spool } from "../src/spool/spool.ts";
import { openTestSpool, temporaryRoot } from "./support/spools.ts";
import { logRequest } from "./support/telemetry.ts";

const scope = new WireWriter();
scope.message(1, () => scope.string(1, "items"));

/** When all items come: none is ever so old that it has to be written. */
const moment = performance.now();

async function openLogs(spool: Spool): Promise<ItemBatch> {
  const { resource, schema } = splitRequest(await logRequest())!;
  return spool.openItems("logs", { resource, schema, scope: scope.finish() })!;
}

/** An item of `size` bytes behind its tag and a length of two bytes. */
function itemOf(size: number, fill: number): Uint8Array {
  const item = new Uint8Array(size + 3).fill(fill);
  item.set([0x12, (size & 127) | 128, size >> 7]);
  return item;
}

/** Adds an item that is like the model with these bytes others, and what it is then. */
function addLike(
  batch: ItemBatch,
  model: ItemModel,
  edits: readonly (readonly [offset: number, bytes: readonly number[]])[],
) {
  batch.beginLike(model);
  for (const [offset, bytes] of edits) {
    batch.edit(offset, bytes.length);
    batch.writer.raw(Uint8Array.from(bytes));
    model.bytes.set(bytes, offset);
  }
  batch.commit("batched", moment);
  return Buffer.from(model.bytes);
}

/** The items of a spool, as they are read. */
function itemsIn(spool: Spool): readonly Buffer[] {
  const items: Buffer[] = [];
  for (const { bytes } of readFrames(spool.directory)) {
    const { scopes } = splitRequest(bytes)!;
    const outer = new WireReader(scopes);
    while (outer.next()) {
      const inner = outer.message();
      for (let start = inner.position; inner.next(); start = inner.position) {
        const { field } = inner;
        inner.message();
        if (field === 2) items.push(Buffer.from(scopes.subarray(start, inner.position)));
      }
    }
  }
  return items;
}

/** A packed payload as it stands in the file of a spool, and all of the file. */
function packedIn(spool: Spool) {
  const { path } = listSegments(spool.directory)[0]!;
  const file = readFileSync(path);
  const offset = file.lastIndexOf("RLF1");
  return { path, file, offset, frame: readFrame(file, offset)! };
}

test("beginLike() keeps edits alone, and gives items back whole, from frame to frame", async () => {
  const spool = openTestSpool(temporaryRoot());
  const batch = await openLogs(spool);
  const small: ItemModel = { bytes: itemOf(200, 1), frame: -1, at: 0 };
  const large: ItemModel = { bytes: itemOf(3000, 2), frame: -1, at: 0 };
  const given: Buffer[] = [];
  for (let count = 0; count < 300; count += 1) {
    const value = count % 251;
    given.push(
      addLike(batch, small, [
        [3, [value]],
        [150, [value, 7, value]],
      ]),
    );
    if (count % 3 === 0) given.push(addLike(batch, large, [[2000, Array.from({ length: 100 }, () => value)]]));
    if (count % 7 === 0) given.push(addLike(batch, small, []));
    if (count % 100 === 99) spool.flush();
  }
  spool.flush();
  expect(itemsIn(spool)).toEqual(given);
  expect(spool.statistics().written.logs).toBe(given.length);
  expect(spool.statistics().sizeBytes).toBeLessThan(given.reduce((sum, { length }) => sum + length, 0) / 10);
});

test("rollback() has the next item written with all its bytes", async () => {
  const spool = openTestSpool(temporaryRoot());
  const batch = await openLogs(spool);
  const model: ItemModel = { bytes: itemOf(200, 1), frame: -1, at: 0 };
  const first = addLike(batch, model, [[10, [5]]]);
  model.bytes[20] = 9;
  batch.beginLike(model);
  batch.edit(20, 1);
  batch.rollback();
  const second = addLike(batch, model, []);
  spool.flush();
  expect(itemsIn(spool)).toEqual([first, second]);
});

test("commit() writes when a frame would be read as 256 KiB", async () => {
  const spool = openTestSpool(temporaryRoot());
  const batch = await openLogs(spool);
  const model: ItemModel = { bytes: itemOf(4000, 1), frame: -1, at: 0 };
  for (let count = 0; count < 66; count += 1) addLike(batch, model, [[3, [count]]]);
  expect([...readFrames(spool.directory)].map(({ records }) => records)).toEqual([66]);
});

test("unpack() gives undefined for what is damaged, and never throws", async () => {
  const spool = openTestSpool(temporaryRoot());
  const batch = await openLogs(spool);
  const model: ItemModel = { bytes: itemOf(200, 1), frame: -1, at: 0 };
  for (let count = 0; count < 5; count += 1)
    addLike(batch, model, [
      [3, [count]],
      [100, [count, count]],
    ]);
  spool.flush();
  const { payload } = packedIn(spool).frame;
  const unpacker = new Unpacker();
  const whole = unpacker.unpack(payload)!.length;
  for (let size = 0; size < payload.length; size += 1)
    expect(unpacker.unpack(payload.subarray(0, size))).toBeUndefined();
  for (let at = 0; at < payload.length; at += 1)
    for (const value of [0, 1, 2, 127, 128, 255]) {
      const damaged = Uint8Array.from(payload);
      damaged[at] = value;
      expect([undefined, whole]).toContain(unpacker.unpack(damaged)?.length);
    }
});

test("readFrames() tells of a frame that cannot be unpacked, and reads on", async () => {
  const spool = openTestSpool(temporaryRoot());
  const batch = await openLogs(spool);
  for (const fill of [1, 2]) {
    addLike(batch, { bytes: itemOf(200, fill), frame: -1, at: 0 }, []);
    spool.flush();
  }
  const { path, file, offset, frame } = packedIn(spool);
  const first = file.lastIndexOf("RLF1", offset - 1);
  const damaged = Buffer.from(file);
  const { payload } = readFrame(file, first)!;
  writeFrame(damaged, first, { ...frame, payload: Buffer.alloc(payload.length, 0xff) });
  writeFileSync(path, damaged);
  const damage: SegmentDamage[] = [];
  const frames = [...readFrames(spool.directory, { onDamage: (one) => damage.push(one) })];
  expect(frames.map((one) => one.offset)).toEqual([offset]);
  expect(damage).toMatchObject([{ kind: "corrupt", offset: first, sizeBytes: payload.length + headerBytes }]);
});
