import { lifecyclePlace } from "@runlight/conventions";
import type { OperationKind } from "@runlight/conventions/names";
import { decodeLogRecord } from "../otlp/decode-logs.ts";
import { decodeMetrics } from "../otlp/decode-metrics.ts";
import { decodeScope } from "../otlp/decode-request.ts";
import type { DecodedLogRecord, DecodedScope } from "../otlp/decoded.ts";
import type { RequestResource } from "../otlp/encode-request.ts";
import { splitRequest } from "../otlp/envelope.ts";
import type { Mutable } from "../otlp/mutable.ts";
import { WireReader } from "../otlp/wire-reader.ts";
import type { ResourceTable } from "../segment/resource-table.ts";
import type { PlacedFrame } from "../segment/segment-reader.ts";
import { visitFrames } from "../segment/visit-frames.ts";
import { FrameSkimmer } from "./frame-skimmer.ts";
import type { SkimmedRecord } from "./frame-skimmer.ts";
import { LatestTime } from "./latest-time.ts";

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

/** A start whose end was not met yet: what is needed to decode it, should none come. */
interface Start {
  readonly kind: OperationKind;
  readonly record: Uint8Array;
  readonly scope: DecodedScope;
  readonly resource: RequestResource;
}

/** Reads a whole spool for operations that were started and not ended; they are matched by span id. What cannot be read is passed over. */
export function findOpenOperations(directory: string): OpenOperations {
  // A time that has not come yet says nothing about when the process was last seen.
  const times = new LatestTime(BigInt(Date.now()) * 1_000_000n);
  const skimmer = new FrameSkimmer(times);
  const open = new Map<string, Start>();
  visitFrames(directory, (frame, resources) => {
    try {
      if (frame.kind === "traces") skimmer.spans(asBuffer(frame.payload), frame.whole);
      else if (frame.kind === "logs")
        skimmer.records(asBuffer(frame.payload), frame.whole, startsOf(frame, resources, open));
      else
        for (const metric of decodeMetrics(resources.request(frame)))
          for (const point of metric.points) times.seeWhole(point.timeUnixNano);
    } catch {
      // A frame may hold bytes that are no OTLP: whoever appended them, the checksum only says that they are unchanged.
    }
  });
  return { operations: [...open.values()].toReversed().flatMap(decodeStart), lastSeen: times.value };
}

/** Takes up what the records of a frame say of operations. */
function startsOf(
  frame: PlacedFrame,
  resources: ResourceTable,
  open: Map<string, Start>,
): { readonly scope: (start: number, end: number) => void; readonly record: (record: SkimmedRecord) => void } {
  const { payload } = frame;
  let scopeRange = { start: 0, end: 0 };
  let scope: DecodedScope | undefined;
  let resource: RequestResource | undefined;
  return {
    scope: (start, end) => {
      scopeRange = { start, end };
      scope = undefined;
    },
    record: ({ eventName, spanId, start, end }) => {
      const place = eventName === "" || spanId === "" ? undefined : lifecyclePlace(eventName);
      if (place === undefined) return;
      if (place.moment !== "started") {
        open.delete(spanId);
        return;
      }
      scope ??= scopeOf(new WireReader(payload, scopeRange.start, scopeRange.end));
      resource ??= resourceOf(frame, resources);
      // `slice()` of a buffer would share memory that the next frame is read into.
      open.set(spanId, { kind: place.kind, record: new Uint8Array(payload.subarray(start, end)), scope, resource });
    },
  };
}

/** The scope of a `ScopeLogs`, whose records are passed over. */
function scopeOf(perScope: WireReader): DecodedScope {
  const scope: Mutable<DecodedScope> = { name: "" };
  while (perScope.next()) {
    if (perScope.field === 1) decodeScope(perScope.message(), scope);
    else if (perScope.field === 3) scope.schemaUrl = perScope.string();
    else perScope.skip();
  }
  return scope;
}

function resourceOf(frame: PlacedFrame, resources: ResourceTable): RequestResource {
  const { attributes, field, schema } = resources.of(frame);
  if (!frame.whole) return { resource: field, schema };
  const envelope = splitRequest(resources.request(frame));
  return envelope ?? { attributes };
}

function decodeStart({ kind, record, scope, resource }: Start): readonly OpenOperation[] {
  try {
    return [{ kind, started: decodeLogRecord(new WireReader(record), scope), resource }];
  } catch {
    return [];
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
