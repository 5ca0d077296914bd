import { readFileSync } from "node:fs";
import { frameSize, readFrame } from "../frame/codec.ts";
import type { SegmentFile } from "../segment/segment-files.ts";
import type { Signal } from "../settings.ts";
import { isBefore } from "../ship/cursor.ts";
import type { CursorPositions } from "../ship/cursor.ts";

/** Counts the records of some segments that stand behind the cursor, for the signals that are shipped. Whole segments are read. */
export function countUnshipped(
  segments: readonly SegmentFile[],
  positions: CursorPositions,
  signals: readonly Signal[],
): Record<Signal, number> {
  const counts: Record<Signal, number> = { traces: 0, metrics: 0, logs: 0 };
  const first = Math.min(...signals.map((signal) => positions[signal].segment));
  for (const segment of segments) {
    if (segment.number >= first) countSegment(segment, positions, signals, counts);
  }
  return counts;
}

function countSegment(
  segment: SegmentFile,
  positions: CursorPositions,
  signals: readonly Signal[],
  counts: Record<Signal, number>,
): void {
  const bytes = read(segment.path);
  let offset = 0;
  for (;;) {
    const size = frameSize(bytes, offset);
    const frame = size === undefined ? undefined : readFrame(bytes, offset);
    if (size === undefined || frame === undefined) return;
    const { kind, records } = frame;
    const here = { segment: segment.number, offset };
    if (kind !== "resource" && signals.includes(kind) && !isBefore(here, positions[kind])) counts[kind] += records;
    offset += size;
  }
}

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}
