import { readdirSync } from "node:fs";
import { join } from "node:path";

/** One segment of a spool. */
export interface SegmentFile {
  /** From 1. */
  readonly number: number;
  readonly path: string;
}

const segmentPattern = /^(\d{6,})\.otlp$/;

/** Path of a spool's segment. */
export function segmentPath(directory: string, number: number): string {
  return join(directory, `${String(number).padStart(6, "0")}.otlp`);
}

/** The segments of a spool in their order. Throws what the system throws where the directory cannot be read. */
export function listSegments(directory: string): readonly SegmentFile[] {
  const segments: SegmentFile[] = [];
  for (const name of readdirSync(directory)) {
    const match = segmentPattern.exec(name);
    if (match !== null) segments.push({ number: Number(match[1]), path: join(directory, name) });
  }
  return segments.toSorted((a, b) => a.number - b.number);
}
