import { decodeLogs, decodeTraces, readFrames } from "@runlight/spool";
import type { DecodedLogRecord, DecodedSpan, Frame, SegmentDamage, SpoolListing } from "@runlight/spool";
import type { NoticeList } from "./notices.ts";

/** What to read of one spool. */
export interface ReadSettings {
  readonly spool: SpoolListing;
  readonly notices: NoticeList;
  /** Looks at the bytes of a frame; where it says no, the frame is passed over undecoded. Default: every frame is decoded. */
  readonly concerns?: (bytes: Buffer) => boolean;
}

/** The log records of one spool in the order they were appended. */
export function readLogRecords(settings: ReadSettings): Generator<DecodedLogRecord> {
  return decodeFrames(settings, "logs", decodeLogs);
}

/** The spans of one spool in the order they were appended. */
export function readSpans(settings: ReadSettings): Generator<DecodedSpan> {
  return decodeFrames(settings, "traces", decodeTraces);
}

/** Where what is wrong with a spool's frames is told. */
export function damageTeller(spool: SpoolListing, notices: NoticeList): (damage: SegmentDamage) => void {
  return (damage) => {
    if (isWorthTelling(damage, spool)) notices.add({ path: damage.path, message: describeDamage(damage) });
  };
}

/** The log records of frames that were read already. */
export function* decodeLogFrames(
  frames: Iterable<Frame>,
  { spool, notices, concerns }: ReadSettings,
): Generator<DecodedLogRecord> {
  for (const frame of frames) {
    if (concerns?.(asBuffer(frame.bytes)) === false) continue;
    yield* decodeFrame(frame, decodeLogs, (message) => notices.add({ path: spool.directory, message }));
  }
}

function* decodeFrames<Item>(
  { spool, notices, concerns }: ReadSettings,
  signal: "logs" | "traces",
  decode: (bytes: Uint8Array) => readonly Item[],
): Generator<Item> {
  const frames = readFrames(spool, { signals: [signal], onDamage: damageTeller(spool, notices) });
  for (const frame of frames) {
    if (concerns?.(asBuffer(frame.bytes)) === false) continue;
    yield* decodeFrame(frame, decode, (message) => notices.add({ path: spool.directory, message }));
  }
}

function decodeFrame<Item>(
  frame: Frame,
  decode: (bytes: Uint8Array) => readonly Item[],
  tell: (message: string) => void,
): readonly Item[] {
  try {
    return decode(frame.bytes);
  } catch (error) {
    tell(`segment ${frame.segment} holds no OTLP request at byte ${frame.offset}: ${String(error)}`);
    return [];
  }
}

// A kill tears the last frame, and a writer at work has not finished it: both are as they should be.
function isWorthTelling(damage: SegmentDamage, spool: SpoolListing): boolean {
  return damage.kind !== "torn" || spool.life === "ended";
}

function describeDamage({ kind, offset, sizeBytes, reason }: SegmentDamage): string {
  return kind === "unreadable"
    ? `cannot be read: ${reason}`
    : `${sizeBytes} bytes from byte ${offset} on are ${kind}: ${reason}`;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
