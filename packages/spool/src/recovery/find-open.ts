import type { OperationKind } from "@runlight/conventions/names";
import type { Frame } from "../frame/frame.ts";
import { decodeLogs } from "../otlp/decode-logs.ts";
import { decodeRequest } from "../otlp/decode-request.ts";
import type { DecodedLogRecord } from "../otlp/decoded.ts";
import type { RequestResource } from "../otlp/encode-request.ts";
import { splitRequest } from "../otlp/envelope.ts";
import { readFrames } from "../segment/read-frames.ts";
import { endEvents, startEvents } from "./operation-events.ts";

/** An operation that has a start and no end. */
export interface OpenOperation {
  readonly kind: OperationKind;
  /** Its started record. */
  readonly started: DecodedLogRecord;
  readonly resource: RequestResource;
}

/** What recovery finds in a spool. */
export interface OpenOperations {
  /** Innermost first. */
  readonly operations: readonly OpenOperation[];
  /** Time of the last log record or span, in nanoseconds since the epoch; 0 when there is none. */
  readonly lastSeen: bigint;
}

/** Reads a whole spool for operations that were started and not ended; they are matched by span id. What cannot be read is passed over. */
export function findOpenOperations(directory: string): OpenOperations {
  const open = new Map<string, OpenOperation>();
  const latest = bigintNow();
  let lastSeen = 0n;
  for (const frame of readFrames(directory, { signals: ["logs", "traces"] })) {
    for (const time of frame.signal === "logs" ? takeRecords(frame, open) : spanEnds(frame)) {
      // A time that has not come yet says nothing about when the process was last seen.
      if (time > lastSeen && time <= latest) lastSeen = time;
    }
  }
  return { operations: [...open.values()].toReversed(), lastSeen };
}

function takeRecords(frame: Frame, open: Map<string, OpenOperation>): readonly bigint[] {
  const records = attempt(() => decodeLogs(frame.bytes));
  for (const record of records) {
    const { eventName, spanId } = record;
    if (eventName === undefined || spanId === undefined) continue;
    const kind = startEvents.get(eventName);
    if (kind !== undefined) open.set(spanId, { kind, started: record, resource: resourceOf(frame) });
    else if (endEvents.has(eventName)) open.delete(spanId);
  }
  return records.map((record) => (record.timeUnixNano > 0n ? record.timeUnixNano : record.observedTimeUnixNano));
}

function spanEnds(frame: Frame): readonly bigint[] {
  return attempt(() => {
    const ends: bigint[] = [];
    decodeRequest(frame.bytes, (span) => {
      while (span.next()) {
        if (span.field === 8) ends.push(span.fixed64());
        else span.skip();
      }
    });
    return ends;
  });
}

function resourceOf(frame: Frame): RequestResource {
  return splitRequest(frame.bytes) ?? { attributes: frame.resource };
}

/** A frame may hold bytes that are no OTLP: whoever appended them, the checksum only says that they are unchanged. */
function attempt<T>(read: () => readonly T[]): readonly T[] {
  try {
    return read();
  } catch {
    return [];
  }
}

function bigintNow(): bigint {
  return BigInt(Date.now()) * 1_000_000n;
}
