import { crc32 } from "node:zlib";
import type { Signal } from "../settings.ts";

/*
 * A frame is a header of 20 bytes and its payload; numbers are little-endian.
 *   0  u32  "RLF1": magic and version
 *   4  u8   what it holds: 0 a resource, 1 traces, 2 metrics, 3 logs
 *   5  u8   flags: 1 the payload is a whole request with its resources, 2 it is packed
 *   6  u16  number of the resource it defines or belongs to
 *   8  u32  bytes of the payload
 *  12  u32  records in it
 *  16  u32  CRC-32 of the bytes before and of the payload
 */
/** Bytes of a frame's header. */
export const headerBytes = 20;

/** The bytes every frame begins with. */
export const magicBytes: Buffer = Buffer.from("RLF1", "latin1");

const magic = magicBytes.readUInt32LE(0);
const flagWhole = 1;
const flagPacked = 2;
const kinds: readonly FrameKind[] = ["resource", "traces", "metrics", "logs"];
const kindCodes: Readonly<Record<FrameKind, number>> = { resource: 0, traces: 1, metrics: 2, logs: 3 };

/** What a frame holds: a signal's records, or the resource they belong to. */
export type FrameKind = Signal | "resource";

/** A frame as it stands in a file. */
export interface RawFrame {
  readonly kind: FrameKind;
  /** The payload is a whole request with its resources; else the scopes of one, whose resource has the number below. */
  readonly whole: boolean;
  /** The payload has to be unpacked to be that. Default: false. */
  readonly packed?: boolean;
  /** 0 to 65 535. */
  readonly resource: number;
  readonly records: number;
  readonly payload: Uint8Array;
}

/** Writes a frame at `position` of `target`, which must have room; returns where it ends. */
export function writeFrame(target: Buffer, position: number, frame: RawFrame): number {
  const payloadStart = position + headerBytes;
  target.writeUInt32LE(magic, position);
  target[position + 4] = kindCodes[frame.kind];
  target[position + 5] = (frame.whole ? flagWhole : 0) | (frame.packed === true ? flagPacked : 0);
  target.writeUInt16LE(frame.resource, position + 6);
  target.writeUInt32LE(frame.payload.length, position + 8);
  target.writeUInt32LE(frame.records >>> 0, position + 12);
  target.set(frame.payload, payloadStart);
  const end = payloadStart + frame.payload.length;
  target.writeUInt32LE(checksum(target, position, end), position + 16);
  return end;
}

/** What the frame beginning at `position` holds, by its header; undefined where no frame begins there, or too little of one. */
export function frameKind(bytes: Buffer, position: number): FrameKind | undefined {
  if (bytes.length - position <= magicBytes.length || bytes.readUInt32LE(position) !== magic) return undefined;
  return kinds[bytes[position + magicBytes.length] ?? 255];
}

/** Bytes that the frame beginning at `position` takes by its header; undefined where no frame begins there, `headerBytes` where the header itself is not whole. */
export function frameSize(bytes: Buffer, position: number): number | undefined {
  if (bytes.length - position < headerBytes) {
    const known = bytes.subarray(position, position + magicBytes.length);
    return known.equals(magicBytes.subarray(0, known.length)) ? headerBytes : undefined;
  }
  if (bytes.readUInt32LE(position) !== magic || kinds[bytes[position + 4] ?? 255] === undefined) return undefined;
  return headerBytes + bytes.readUInt32LE(position + 8);
}

/** Reads the frame at `position`, whose payload shares memory with `bytes`; undefined where its checksum or its size says otherwise. */
export function readFrame(bytes: Buffer, position: number): RawFrame | undefined {
  const size = frameSize(bytes, position);
  if (size === undefined || size > bytes.length - position) return undefined;
  const end = position + size;
  const kind = kinds[bytes[position + 4] ?? 255];
  if (kind === undefined || checksum(bytes, position, end) !== bytes.readUInt32LE(position + 16)) return undefined;
  const flags = bytes[position + 5] ?? 0;
  return {
    kind,
    whole: (flags & flagWhole) !== 0,
    packed: (flags & flagPacked) !== 0,
    resource: bytes.readUInt16LE(position + 6),
    records: bytes.readUInt32LE(position + 12),
    payload: bytes.subarray(position + headerBytes, end),
  };
}

function checksum(bytes: Buffer, position: number, end: number): number {
  return crc32(bytes.subarray(position + headerBytes, end), crc32(bytes.subarray(position, position + 16)));
}
