import { existsSync } from "node:fs";
import type { SegmentDamage } from "../frame/frame.ts";
import { errorCode } from "../process/error-code.ts";
import { ResourceTable } from "../segment/resource-table.ts";
import { listSegments, segmentPath } from "../segment/segment-files.ts";
import type { SegmentFile } from "../segment/segment-files.ts";
import { SegmentReader } from "../segment/segment-reader.ts";
import type { PlacedFrame } from "../segment/segment-reader.ts";
import type { Signal } from "../settings.ts";
import type { Position } from "./cursor.ts";
import type { ExportRequest } from "./export-request.ts";

/** How often all segments are listed although the next one is not there: a file system may not tell that segments were removed. */
const listIntervalMs = 5000;

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
  #listedAt = Number.NEGATIVE_INFINITY;
  /** A frame for which the last request had no room. */
  #held: PlacedFrame | undefined;

  constructor(settings: SignalReaderSettings) {
    this.#settings = settings;
    this.#position = settings.start;
    this.#segment = settings.start.segment;
  }

  /** Everything before it was given out, or belongs to other signals. */
  get position(): Position {
    return this.#position;
  }

  /** Adds the next frames to a request, `maxBytes` of payload or one frame; true when there are more. Throws what the system throws. */
  fill(request: ExportRequest, maxBytes: number): boolean {
    for (let frame = this.#held ?? this.#nextFrame(); frame !== undefined; frame = this.#nextFrame()) {
      const { payload, whole, records, offset, end } = frame;
      if (!request.takes(payload.length, whole, maxBytes)) {
        // It is read, checked and unpacked, and is so until another one is.
        this.#held = frame;
        this.#position = { segment: this.#segment, offset };
        return true;
      }
      this.#held = undefined;
      request.add({ payload, records, resource: whole ? "whole" : this.#resources.of(frame) });
      this.#position = { segment: this.#segment, offset: end };
    }
    return false;
  }

  /** Goes back to where a frame begins. */
  rewind(position: Position): void {
    this.#held = undefined;
    if (position.segment === this.#segment) this.#reader?.seek(position.offset);
    else this.close();
    this.#segment = position.segment;
    this.#position = position;
  }

  close(): void {
    this.#reader?.close();
    this.#reader = undefined;
  }

  #nextFrame(): PlacedFrame | undefined {
    for (;;) {
      const frame = this.#nextInSegment(false);
      if (frame !== undefined) return frame;
      // Only once a later segment is seen is the end of this one final, so its rest is looked at again afterwards.
      const later = this.#laterSegment();
      if (later === undefined && this.#settings.isLive) return undefined;
      const rest = this.#nextInSegment(true);
      if (rest !== undefined) return rest;
      if (later === undefined) return undefined;
      this.close();
      this.#segment = later.number;
      this.#position = { segment: later.number, offset: 0 };
    }
  }

  #nextInSegment(isFinished: boolean): PlacedFrame | undefined {
    this.#reader ??= this.#open();
    const reader = this.#reader;
    if (reader === undefined) return undefined;
    const { signal } = this.#settings;
    for (let frame = reader.next(isFinished, signal); frame !== undefined; frame = reader.next(isFinished, signal)) {
      if (frame.kind === signal) return frame;
      if (frame.kind === "resource") this.#resources.define(frame);
    }
    this.#position = { segment: this.#segment, offset: reader.position };
    return undefined;
  }

  /** The segment behind the present one. Listing a directory costs ten times a look for one file, so that is done where segments may be missing. */
  #laterSegment(): SegmentFile | undefined {
    const number = this.#segment + 1;
    const path = segmentPath(this.#settings.directory, number);
    if (existsSync(path)) return { number, path };
    const now = performance.now();
    const mayBeMissing = this.#reader === undefined || this.#reader.isRemoved || !this.#settings.isLive;
    if (!mayBeMissing && now - this.#listedAt < listIntervalMs) return undefined;
    this.#listedAt = now;
    return this.#segments().find((segment) => segment.number > this.#segment);
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
