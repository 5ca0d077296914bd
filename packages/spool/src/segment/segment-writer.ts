import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { headerBytes, writeFrame } from "../frame/codec.ts";
import type { RawFrame } from "../frame/codec.ts";
import { segmentPath } from "./segment-files.ts";

/** One write takes so many bytes, or one frame. */
const chunkBytes = 256 * 1024;
/**
 * Where writes come faster, the segment is looked at so often: a look costs as much as 4 KiB of a write, and as much as the write itself where
 * those are small and seldom.
 */
const lookIntervalMs = 100;

/** What a segment writer needs to know. */
export interface SegmentWriterSettings {
  readonly directory: string;
  readonly maxSegmentBytes: number;
  readonly firstSegment: number;
  /** What the resource frame of a number holds. */
  readonly resourceMessage: (number: number) => Buffer;
  /** Called before a further segment is made: the directory may be gone. */
  readonly beforeSegment: (number: number) => void;
}

/** How many frames are in the file, and what stopped the writing. */
export interface WriteResult {
  readonly written: number;
  readonly error?: unknown;
}

interface OpenSegment {
  readonly file: number;
  readonly number: number;
  readonly resources: Set<number>;
  sizeBytes: number;
}

interface Chunk {
  readonly frames: readonly RawFrame[];
  readonly sizeBytes: number;
  /** How many of the caller's frames it holds. */
  readonly count: number;
}

/** Appends frames to segments, each of which begins with the resources its frames refer to. Nothing here throws. */
export class SegmentWriter {
  readonly #settings: SegmentWriterSettings;
  #segment: OpenSegment | undefined;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #nextNumber: number;
  #scratch: Buffer = Buffer.allocUnsafe(64 * 1024);
  /** Bytes of each segment that was begun, by its number. */
  readonly sizes: Map<number, number> = new Map<number, number>();

  constructor(settings: SegmentWriterSettings) {
    this.#settings = settings;
    this.#nextNumber = settings.firstSegment;
  }

  /**
   * Writes the frames in their order, as far as the system lets it. Whole frames stay, the rest of one that was cut short does not.
   * `isOneOfMany`: it need not be looked whether the segment is still there when that was done a moment ago.
   */
  write(frames: readonly RawFrame[], isOneOfMany = false): WriteResult {
    let written = 0;
    try {
      while (written < frames.length) {
        const segment = this.#usableSegment(isOneOfMany);
        const chunk = this.#nextChunk(segment, frames, written);
        if (chunk === undefined) {
          this.#leave(segment);
          continue;
        }
        written += this.#writeChunk(segment, chunk);
      }
      return { written };
    } catch (error) {
      return error instanceof CutShort ? { written: written + error.written, error: error.cause } : { written, error };
    }
  }

  /** Forces what was written to the disk. Undefined, or what went wrong. */
  sync(): unknown {
    try {
      if (this.#segment !== undefined) fsyncSync(this.#segment.file);
      return undefined;
    } catch (error) {
      return error;
    }
  }

  close(): void {
    if (this.#segment !== undefined) this.#leave(this.#segment);
  }

  #usableSegment(isOneOfMany: boolean): OpenSegment {
    const open = this.#segment;
    if (open !== undefined) {
      const now = performance.now();
      if (isOneOfMany && now - this.#lookedAt < lookIntervalMs) return open;
      this.#lookedAt = now;
      // A write to a removed file succeeds and is lost, so its link count is looked at first.
      const stat = fstatSync(open.file);
      open.sizeBytes = stat.size;
      if (stat.nlink > 0) return open;
      this.sizes.delete(open.number);
      this.#leave(open);
    }
    const number = this.#nextNumber;
    this.#settings.beforeSegment(number);
    const file = openSync(segmentPath(this.#settings.directory, number), "ax");
    this.#nextNumber = number + 1;
    const segment: OpenSegment = { file, number, resources: new Set(), sizeBytes: 0 };
    this.#segment = segment;
    this.sizes.set(number, 0);
    return segment;
  }

  /** The frames that fit into one write and into the segment; undefined when the segment is full. */
  #nextChunk(segment: OpenSegment, frames: readonly RawFrame[], from: number): Chunk | undefined {
    const chosen: RawFrame[] = [];
    const defined = new Set<number>();
    let sizeBytes = 0;
    let count = 0;
    for (let index = from; index < frames.length; index += 1) {
      const frame = frames[index];
      if (frame === undefined) break;
      const isNew = !frame.whole && !segment.resources.has(frame.resource) && !defined.has(frame.resource);
      const message = isNew ? this.#settings.resourceMessage(frame.resource) : undefined;
      const cost = headerBytes + frame.payload.length + (message === undefined ? 0 : headerBytes + message.length);
      const isFull =
        segment.sizeBytes + sizeBytes > 0 && segment.sizeBytes + sizeBytes + cost > this.#settings.maxSegmentBytes;
      if (isFull || (sizeBytes > 0 && sizeBytes + cost > chunkBytes)) break;
      if (message !== undefined) {
        chosen.push({ kind: "resource", whole: false, resource: frame.resource, records: 0, payload: message });
        defined.add(frame.resource);
      }
      chosen.push(frame);
      sizeBytes += cost;
      count += 1;
    }
    return count === 0 ? undefined : { frames: chosen, sizeBytes, count };
  }

  #writeChunk(segment: OpenSegment, chunk: Chunk): number {
    if (this.#scratch.length < chunk.sizeBytes && chunk.sizeBytes <= chunkBytes)
      this.#scratch = Buffer.allocUnsafe(chunkBytes);
    const buffer = chunk.sizeBytes <= this.#scratch.length ? this.#scratch : Buffer.allocUnsafe(chunk.sizeBytes);
    let end = 0;
    for (const frame of chunk.frames) end = writeFrame(buffer, end, frame);
    let done = 0;
    try {
      while (done < end) {
        const count = writeSync(segment.file, buffer, done, end - done);
        if (count === 0) throw new Error("Cannot write a segment: the system took no bytes");
        done += count;
      }
    } catch (cause) {
      throw new CutShort(this.#keepWhole(segment, chunk, done), cause);
    }
    this.#account(segment, chunk.frames, end);
    return chunk.count;
  }

  /** Cuts a segment back to its last whole frame; returns how many of the caller's frames that leaves. */
  #keepWhole(segment: OpenSegment, chunk: Chunk, done: number): number {
    const kept: RawFrame[] = [];
    let end = 0;
    for (const frame of chunk.frames) {
      const next = end + headerBytes + frame.payload.length;
      if (next > done) break;
      kept.push(frame);
      end = next;
    }
    try {
      if (done > end) ftruncateSync(segment.file, segment.sizeBytes + end);
      this.#account(segment, kept, end);
    } catch {
      // Readers pass over a torn tail, but nothing may be written behind one.
      this.#account(segment, kept, done);
      this.#leave(segment);
    }
    return kept.filter((frame) => frame.kind !== "resource").length;
  }

  #account(segment: OpenSegment, frames: readonly RawFrame[], bytes: number): void {
    for (const frame of frames) if (frame.kind === "resource") segment.resources.add(frame.resource);
    segment.sizeBytes += bytes;
    this.sizes.set(segment.number, segment.sizeBytes);
  }

  #leave(segment: OpenSegment): void {
    this.#segment = undefined;
    try {
      closeSync(segment.file);
    } catch {
      // The file system is gone or failing; the next segment will tell.
    }
  }
}

/** A write that the system ended within a chunk. */
class CutShort extends Error {
  readonly written: number;

  constructor(written: number, cause: unknown) {
    super("A write was cut short", { cause });
    this.written = written;
  }
}
