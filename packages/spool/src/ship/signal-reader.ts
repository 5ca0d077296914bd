import type { SegmentDamage } from "../frame/frame.ts";
import { errorCode } from "../process/error-code.ts";
import { ResourceTable } from "../segment/resource-table.ts";
import { listSegments, segmentPath } from "../segment/segment-files.ts";
import type { SegmentFile } from "../segment/segment-files.ts";
import { SegmentReader } from "../segment/segment-reader.ts";
import type { Signal } from "../settings.ts";
import type { Batch, BatchPart } from "./batch.ts";
import type { Position } from "./cursor.ts";

/** What a signal reader needs to know. */
export interface SignalReaderSettings {
  readonly directory: string;
  readonly signal: Signal;
  readonly start: Position;
  /** The spool is still written to: its last segment may grow. */
  readonly isLive: boolean;
  readonly onDamage: (damage: SegmentDamage) => void;
}

/** Reads the frames of one signal from a spool, from a position on, through its segments. */
export class SignalReader {
  readonly #settings: SignalReaderSettings;
  readonly #resources = new ResourceTable();
  #segment: number;
  #reader: SegmentReader | undefined;
  #position: Position;
  #held: BatchPart | undefined;

  constructor(settings: SignalReaderSettings) {
    this.#settings = settings;
    this.#position = settings.start;
    this.#segment = settings.start.segment;
  }

  /** Everything before it was given out, or belongs to other signals. */
  get position(): Position {
    return this.#position;
  }

  /** The next frames, `maxBytes` of payload or one frame; none when there are no more yet. Throws what the system throws. */
  nextBatch(maxBytes: number): Batch {
    const batch: BatchPart[] = [];
    let size = 0;
    for (let part = this.#nextPart(); part !== undefined; part = this.#nextPart()) {
      size += part.payload.length;
      if (batch.length > 0 && size > maxBytes) {
        this.#held = part;
        break;
      }
      batch.push(part);
      this.#position = part.end;
    }
    return batch;
  }

  close(): void {
    this.#reader?.close();
    this.#reader = undefined;
  }

  #nextPart(): BatchPart | undefined {
    const held = this.#held;
    this.#held = undefined;
    if (held !== undefined) return held;
    for (;;) {
      const part = this.#nextInSegment(false);
      if (part !== undefined) return part;
      // Only once a later segment is seen is the end of this one final, so its rest is looked at again afterwards.
      const later = this.#segments().find(({ number }) => number > this.#segment);
      if (later === undefined && this.#settings.isLive) return undefined;
      const rest = this.#nextInSegment(true);
      if (rest !== undefined) return rest;
      if (later === undefined) return undefined;
      this.close();
      this.#segment = later.number;
      this.#position = { segment: later.number, offset: 0 };
    }
  }

  #nextInSegment(isFinished: boolean): BatchPart | undefined {
    this.#reader ??= this.#open();
    const reader = this.#reader;
    if (reader === undefined) return undefined;
    for (let frame = reader.next(isFinished); frame !== undefined; frame = reader.next(isFinished)) {
      const end = { segment: this.#segment, offset: frame.end };
      if (frame.kind === this.#settings.signal) {
        const resource = frame.whole ? "whole" : this.#resources.of(frame);
        return { payload: frame.payload, resource, records: frame.records, end };
      }
      if (frame.kind === "resource") this.#resources.define(frame);
      this.#position = end;
    }
    if (isFinished) this.#position = { segment: this.#segment, offset: reader.position };
    return undefined;
  }

  /** The segments; none when the spool was removed. */
  #segments(): readonly SegmentFile[] {
    try {
      return listSegments(this.#settings.directory);
    } catch (error) {
      if (errorCode(error) === "ENOENT") return [];
      throw error;
    }
  }

  /** Opens the present segment; undefined where it is not there (any more). */
  #open(): SegmentReader | undefined {
    const path = segmentPath(this.#settings.directory, this.#segment);
    const offset = this.#position.segment === this.#segment ? this.#position.offset : 0;
    try {
      if (offset > 0) this.#learnResources(path, offset);
      return new SegmentReader(path, offset, this.#settings.onDamage);
    } catch (error) {
      if (errorCode(error) === "ENOENT") return undefined;
      throw error;
    }
  }

  /** The resources that the frames behind `offset` refer to stand before it. */
  #learnResources(path: string, offset: number): void {
    const reader = new SegmentReader(path, 0, () => {});
    try {
      for (let frame = reader.next(false); frame !== undefined && frame.offset < offset; frame = reader.next(false)) {
        if (frame.kind === "resource") this.#resources.define(frame);
      }
    } finally {
      reader.close();
    }
  }
}
