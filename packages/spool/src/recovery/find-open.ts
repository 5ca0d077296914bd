import { lifecyclePlace } from "@runlight/conventions";
import type { OperationKind } from "@runlight/conventions/names";
import type { Frame } from "../frame/frame.ts";
import { decodeLogRecord } from "../otlp/decode-logs.ts";
import { decodeMetrics } from "../otlp/decode-metrics.ts";
import { decodeRequest } from "../otlp/decode-request.ts";
import type { DecodedLogRecord } from "../otlp/decoded.ts";
import type { RequestResource } from "../otlp/encode-request.ts";
import { splitRequest } from "../otlp/envelope.ts";
import type { WireReader } from "../otlp/wire-reader.ts";
import { readFrames } from "../segment/read-frames.ts";

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
  /** Time of the last log record, span or metric point, in nanoseconds since the epoch; 0 when there is none. */
  readonly lastSeen: bigint;
}

/** Reads a whole spool for operations that were started and not ended; they are matched by span id. What cannot be read is passed over. */
export function findOpenOperations(directory: string): OpenOperations {
  const open = new Map<string, OpenOperation>();
  const latest = bigintNow();
  let lastSeen = 0n;
  for (const frame of readFrames(directory)) {
    for (const time of timesIn(frame, open)) {
      // A time that has not come yet says nothing about when the process was last seen.
      if (time > lastSeen && time <= latest) lastSeen = time;
    }
  }
  return { operations: [...open.values()].toReversed(), lastSeen };
}

/** The times of a frame's records; what they say of operations goes into `open`. */
function timesIn(frame: Frame, open: Map<string, OpenOperation>): readonly bigint[] {
  switch (frame.signal) {
    case "logs":
      return takeRecords(frame, open);
    case "traces":
      return spanEnds(frame);
    case "metrics":
      return attempt(() =>
        decodeMetrics(frame.bytes).flatMap((metric) => metric.points.map((point) => point.timeUnixNano)),
      );
  }
}

/** A spool is mostly records that say nothing of operations, so a record is only decoded once its name says that it does. */
function takeRecords(frame: Frame, open: Map<string, OpenOperation>): readonly bigint[] {
  return attempt(() => {
    const times: bigint[] = [];
    decodeRequest(frame.bytes, (reader, scope) => {
      const start = reader.position;
      const { time, eventName } = skimRecord(reader);
      times.push(time);
      const place = lifecyclePlace(eventName);
      if (place === undefined) return;
      reader.position = start;
      const record = decodeLogRecord(reader, scope);
      if (record.spanId === undefined) return;
      if (place.moment !== "started") open.delete(record.spanId);
      else open.set(record.spanId, { kind: place.kind, started: record, resource: resourceOf(frame) });
    });
    return times;
  });
}

function skimRecord(reader: WireReader): { readonly time: bigint; readonly eventName: string } {
  let time = 0n;
  let observed = 0n;
  let eventName = "";
  while (reader.next()) {
    if (reader.field === 1) time = reader.fixed64();
    else if (reader.field === 11) observed = reader.fixed64();
    else if (reader.field === 12) eventName = reader.string();
    else reader.skip();
  }
  return { time: time > 0n ? time : observed, eventName };
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
