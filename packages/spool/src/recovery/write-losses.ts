import { utimesSync } from "node:fs";
import type { RawFrame } from "../frame/codec.ts";
import { encodeLogs } from "../otlp/encode-logs.ts";
import type { RequestResource } from "../otlp/encode-request.ts";
import { encodeTraces } from "../otlp/encode-traces.ts";
import { splitRequest } from "../otlp/envelope.ts";
import { listSegments, segmentPath } from "../segment/segment-files.ts";
import { SegmentWriter } from "../segment/segment-writer.ts";
import type { Signal } from "../settings.ts";
import { ResourceNumbers } from "../spool/resource-numbers.ts";
import { lostRecord, lostSpan } from "./close-operation.ts";
import type { Loss } from "./close-operation.ts";
import type { OpenOperation } from "./find-open.ts";

/** Closes operations in a segment of its own behind the others of their spool. Throws what the system throws. */
export function writeLosses(directory: string, operations: readonly OpenOperation[], loss: Loss): void {
  const number = (listSegments(directory).at(-1)?.number ?? 0) + 1;
  const resources = new ResourceNumbers();
  const frames: RawFrame[] = [];
  for (const [resource, group] of byResource(operations)) {
    const spans = group.map((operation) => lostSpan(operation, loss)).filter((span) => span !== undefined);
    const records = group.map((operation) => lostRecord(operation, loss));
    // The records are what says that an operation is closed, so they come last: cut short in between, recovery writes both once more.
    if (spans.length > 0) frames.push(toFrame(resources, "traces", encodeTraces(resource, spans), spans.length));
    frames.push(toFrame(resources, "logs", encodeLogs(resource, records), records.length));
  }
  const writer = new SegmentWriter({
    directory,
    maxSegmentBytes: Number.POSITIVE_INFINITY,
    firstSegment: number,
    resourceMessage: (resource) => resources.messageOf(resource),
    beforeSegment: () => {},
  });
  const { error } = writer.write(frames);
  writer.close();
  if (error !== undefined) throw new Error(`Cannot close lost operations in ${directory}`, { cause: error });
  // The spool was last written by its process then, and retention goes by that.
  const lastSeen = new Date(Number(loss.lastSeen / 1_000_000n));
  utimesSync(segmentPath(directory, number), lastSeen, lastSeen);
}

function byResource(operations: readonly OpenOperation[]): ReadonlyMap<RequestResource, readonly OpenOperation[]> {
  const groups = new Map<RequestResource, OpenOperation[]>();
  for (const operation of operations) {
    const known = [...groups.keys()].find((resource) => isSameResource(resource, operation.resource));
    const group = known === undefined ? undefined : groups.get(known);
    if (group === undefined) groups.set(operation.resource, [operation]);
    else group.push(operation);
  }
  return groups;
}

function isSameResource(one: RequestResource, other: RequestResource): boolean {
  return "resource" in one && "resource" in other && Buffer.compare(one.resource, other.resource) === 0;
}

function toFrame(resources: ResourceNumbers, kind: Signal, request: Uint8Array, records: number): RawFrame {
  const envelope = splitRequest(request);
  const resource = envelope === undefined ? undefined : resources.numberOf(envelope);
  if (envelope === undefined || resource === undefined)
    return { kind, whole: true, resource: 0, records, payload: request };
  return { kind, whole: false, resource, records, payload: envelope.scopes };
}
