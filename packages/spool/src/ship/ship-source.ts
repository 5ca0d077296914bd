import { statSync } from "node:fs";
import type { SegmentDamage } from "../frame/frame.ts";
import { listSegments } from "../segment/segment-files.ts";
import type { Signal } from "../settings.ts";
import { updateCursor } from "./cursor.ts";
import type { CursorPositions, Position } from "./cursor.ts";
import type { ExportRequest } from "./export-request.ts";
import { SignalReader } from "./signal-reader.ts";

/** The lanes ask for its size one after the other, and often. */
const measureIntervalMs = 20;

/** What a source of shipments needs to know. */
export interface ShipSourceSettings {
  readonly directory: string;
  /** Token of this process, which owns the cursor. */
  readonly owner: string;
  readonly positions: CursorPositions;
  readonly isLive: boolean;
  readonly onDamage: (damage: SegmentDamage) => void;
}

/** A spool that is being shipped: reads it for each signal on its own, and keeps its cursor. */
export class ShipSource {
  readonly directory: string;
  readonly #owner: string;
  readonly #readers: Readonly<Record<Signal, SignalReader>>;
  /** Where a signal stood before the request of it that is under way. */
  readonly #underWay: Partial<Record<Signal, Position>> = {};

  #sizes: readonly SegmentSize[] = [];
  #measuredAt = Number.NEGATIVE_INFINITY;

  constructor(settings: ShipSourceSettings) {
    const { directory, owner, positions, isLive, onDamage } = settings;
    const reader = (signal: Signal): SignalReader =>
      new SignalReader({ directory, signal, start: positions[signal], isLive, onDamage });
    this.directory = directory;
    this.#owner = owner;
    this.#readers = { traces: reader("traces"), metrics: reader("metrics"), logs: reader("logs") };
  }

  /** Adds a signal's next frames to a request; they count as under way until `acknowledge()`. True when there are more. Throws what the system throws. */
  fill(signal: Signal, request: ExportRequest, maxBytes: number): boolean {
    const before = this.#readers[signal].position;
    try {
      const isMore = this.#readers[signal].fill(request, maxBytes);
      if (request.frames > 0) this.#underWay[signal] = before;
      return isMore;
    } catch (error) {
      this.#readers[signal].rewind(before);
      throw error;
    }
  }

  /** Gives the frames under way out again, where a request was too large for its receiver. */
  rewind(signal: Signal): void {
    const before = this.#underWay[signal];
    delete this.#underWay[signal];
    if (before !== undefined) this.#readers[signal].rewind(before);
  }

  /** Moves the cursor behind what was under way. Throws what the system throws. */
  acknowledge(signal: Signal): void {
    delete this.#underWay[signal];
    this.save();
  }

  /** Writes the cursor. Throws what the system throws. */
  save(): void {
    updateCursor(this.directory, this.#owner, this.positions());
  }

  /** How far each signal was acknowledged. */
  positions(): CursorPositions {
    return {
      traces: this.#acknowledged("traces"),
      metrics: this.#acknowledged("metrics"),
      logs: this.#acknowledged("logs"),
    };
  }

  /** Bytes that stand behind what was acknowledged of a signal, as they were at most 20 ms ago; other signals' are among them. */
  bytesBehind(signal: Signal): number {
    const now = performance.now();
    if (now - this.#measuredAt >= measureIntervalMs) {
      this.#measuredAt = now;
      this.#sizes = segmentSizes(this.directory);
    }
    return bytesAfter(this.#sizes, this.#acknowledged(signal));
  }

  close(): void {
    for (const reader of Object.values(this.#readers)) reader.close();
  }

  #acknowledged(signal: Signal): Position {
    return this.#underWay[signal] ?? this.#readers[signal].position;
  }
}

/** Bytes of a spool that stand behind a position; 0 where it cannot be read. */
export function bytesBehind(directory: string, position: Position): number {
  return bytesAfter(segmentSizes(directory), position);
}

interface SegmentSize {
  readonly number: number;
  readonly sizeBytes: number;
}

function segmentSizes(directory: string): readonly SegmentSize[] {
  try {
    return listSegments(directory).map(({ number, path }) => ({
      number,
      sizeBytes: statSync(path, { throwIfNoEntry: false })?.size ?? 0,
    }));
  } catch {
    return [];
  }
}

function bytesAfter(sizes: readonly SegmentSize[], { segment, offset }: Position): number {
  let bytes = 0;
  for (const { number, sizeBytes } of sizes) {
    if (number === segment) bytes += Math.max(0, sizeBytes - offset);
    else if (number > segment) bytes += sizeBytes;
  }
  return bytes;
}
