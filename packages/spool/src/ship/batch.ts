import { joinRequest } from "../otlp/envelope.ts";
import type { KnownResource } from "../segment/resource-table.ts";
import type { Position } from "./cursor.ts";

/** One frame on its way: a whole request, or the scopes of one with their resource. */
export interface BatchPart {
  readonly payload: Uint8Array;
  readonly resource: KnownResource | "whole";
  readonly records: number;
  /** Where the frame ends. */
  readonly end: Position;
}

/** The parts of one request. */
export type Batch = readonly BatchPart[];

/** Joins parts to one export request: neighbours of one resource become one entry of it. */
export function joinBatch(batch: Batch): Uint8Array {
  const entries: Uint8Array[] = [];
  let index = 0;
  while (index < batch.length) {
    const { resource, payload } = batch[index] as BatchPart;
    if (resource === "whole") {
      entries.push(payload);
      index += 1;
      continue;
    }
    const scopes: Uint8Array[] = [];
    for (; index < batch.length && batch[index]?.resource === resource; index += 1)
      scopes.push((batch[index] as BatchPart).payload);
    entries.push(joinRequest(resource.field, scopes, resource.schema));
  }
  return entries.length === 1 ? (entries[0] as Uint8Array) : Buffer.concat(entries);
}

/** Records in a batch. */
export function batchRecords(batch: Batch): number {
  return batch.reduce((sum, part) => sum + part.records, 0);
}
