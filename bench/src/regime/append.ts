import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { initTelemetry, stage } from "@runlight/sdk";
import { ItemWriter, defaultBounds, describeProcess, listSpools, openSpool, readFrames } from "@runlight/spool";
import type { ItemBatch } from "@runlight/spool";
import type { ChildAnswer } from "../measure/cell.ts";
import { attributes, nothing, turn } from "../subject/subject.ts";
import { itemsOf } from "./encoded-items.ts";
import type { EncodedItems } from "./encoded-items.ts";
import { startProcessorTime } from "./processor-time.ts";
import { setting } from "./regime.ts";
import type { RegimeContext } from "./regime.ts";

/** What one operation gives. */
interface Operation {
  readonly spans: EncodedItems;
  readonly records: EncodedItems;
}

/** Operations between two turns of the event loop. */
const perTurn = 400;
/** The spool writes at so many bytes. */
const batchBytes = 64 * 1024;
/** A write of it: frames do not end where pages do, which costs the system half as much again. */
const writeBytes = batchBytes + 57;
/** What operations write anew of an item that is like one before: ids and times at its front, and at its back the flags of a span, or ids and time of a record. */
const frontBytes = 60;
const backBytes = 40;
/** Tag and length of an item. */
const itemHeaderBytes = 3;
const repeats = 5;

/**
 * What operations append to the spool through its batches, beyond encoding: what they write anew of their items is encoded before, and writing it
 * into memory alone is taken off. Beside it what the system takes for as many bytes in writes of the same size.
 */
export async function run(context: RegimeContext): Promise<ChildAnswer> {
  const { directory } = context.job;
  const operations = setting(context, "operations");
  const { spans, records } = await oneStage(join(directory, "source"));
  const items = [...records.items, ...spans.items];
  const given = items.map(editsOf);
  const operationBytes = items.reduce((sum, item) => sum + item.length, 0);
  const memory = new ItemWriter(2 * batchBytes);
  const encode = (): void => {
    // Operations know the time: reading it is no cost of the spool's.
    performance.now();
    if (memory.position > batchBytes) memory.position = 0;
    for (const { front, back } of given) {
      memory.raw(front);
      memory.raw(back);
    }
  };
  const spool = openSpool({
    root: join(directory, "spool"),
    bounds: defaultBounds,
    identity: describeProcess("bench"),
  });
  const append = appender(spool.openItems("traces", spans), spool.openItems("logs", records), { spans, records });
  const file = openSync(join(directory, "plain"), "a");
  const chunk = Buffer.alloc(writeBytes, 1);
  // Sums, and no best of several: the processor's clock advances in steps of milliseconds.
  const sum = { encodedNs: 0, appendedNs: 0, writtenNs: 0 };
  // The first round warms up.
  await mainNs(operations, encode);
  await mainNs(operations, append);
  const keptBytes = (spool.flush(), spool.statistics().sizeBytes / operations);
  for (let repeat = 0; repeat < repeats; repeat++) {
    sum.encodedNs += await mainNs(operations, encode);
    sum.appendedNs += await mainNs(operations, append, () => spool.flush());
    const writes = Math.ceil((operations * keptBytes) / writeBytes);
    sum.writtenNs += (writes / operations) * (await mainNs(writes, () => writeSync(file, chunk)));
  }
  closeSync(file);
  const { dropped } = spool.statistics();
  spool.close("ended");
  const losses = Object.values(dropped).flatMap((reasons) => Object.values(reasons));
  if (losses.some((count) => count > 0)) throw new Error("Cannot measure the spool: it dropped records");
  const appendNs = (sum.appendedNs - sum.encodedNs) / repeats;
  const writeNs = sum.writtenNs / repeats;
  return {
    figures: { appendNs, writeNs, ownNs: appendNs - writeNs, operationBytes, keptBytes },
    sent: nothing,
  };
}

/** The parts of an item that operations write anew. */
function editsOf(item: Uint8Array): { readonly front: Uint8Array; readonly back: Uint8Array } {
  return {
    front: item.subarray(itemHeaderBytes, itemHeaderBytes + frontBytes),
    back: item.subarray(item.length - backBytes),
  };
}

function appender(traces: ItemBatch | undefined, logs: ItemBatch | undefined, operation: Operation): () => void {
  if (traces === undefined || logs === undefined) throw new Error("Cannot measure the spool: it took no resource");
  const given = [
    ...operation.records.items.map((item) => ({ batch: logs, item })),
    ...operation.spans.items.map((item) => ({ batch: traces, item })),
  ].map(({ batch, item }) => ({ batch, ...editsOf(item), model: { bytes: item, frame: -1, at: 0 } }));
  return () => {
    const now = performance.now();
    for (const { batch, model, front, back } of given) {
      batch.beginLike(model);
      batch.edit(itemHeaderBytes, frontBytes);
      batch.writer.raw(front);
      batch.edit(model.bytes.length - backBytes, backBytes);
      batch.writer.raw(back);
      batch.commit("prompt", now);
    }
  };
}

/** Main-thread time of one call, in nanoseconds. */
async function mainNs(calls: number, call: () => void, end: () => void = () => {}): Promise<number> {
  const since = startProcessorTime();
  for (let done = 0; done < calls; done += perTurn) {
    for (let index = 0; index < Math.min(perTurn, calls - done); index++) call();
    await turn();
  }
  end();
  return (since().mainUs * 1000) / calls;
}

/** The span and the two records of one stage, as the SDK encodes them. */
async function oneStage(directory: string): Promise<Operation> {
  const telemetry = await initTelemetry({ service: "bench", directory, hostMetrics: false });
  stage("convolve", { attributes }, () => {});
  await telemetry.shutdown();
  const frames = listSpools(join(directory, "spool")).flatMap((spool) => [...readFrames(spool)]);
  const [spans] = frames.filter(({ signal }) => signal === "traces").map(({ bytes }) => itemsOf(bytes));
  // The record that telemetry has started stands in a frame of its own scope, or before the stage's two.
  const records = frames.filter(({ signal }) => signal === "logs").flatMap(({ bytes }) => itemsOf(bytes));
  const [first] = records;
  const all = records.flatMap(({ items }) => items).slice(1, 3);
  if (spans?.items.length !== 1 || first === undefined || all.length !== 2)
    throw new Error("Cannot measure the spool: a stage must give a span and two records");
  return { spans, records: { ...first, items: all } };
}
