import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { frameSize, headerBytes, magicBytes, readFrame } from "../frame/codec.ts";
import type { RawFrame } from "../frame/codec.ts";
import type { SegmentDamage } from "../frame/frame.ts";

const chunkBytes = 256 * 1024;

/** A frame and where it stands. */
export interface PlacedFrame extends RawFrame {
  readonly offset: number;
  /** Where the next frame begins. */
  readonly end: number;
}

/** Reads the frames of one segment, which may still be growing. Methods throw what the system throws, and never for what the bytes are. */
export class SegmentReader {
  readonly #path: string;
  readonly #file: number;
  readonly #onDamage: (damage: SegmentDamage) => void;
  #position: number;
  #window: Buffer = Buffer.alloc(0);
  #windowStart: number;

  constructor(path: string, position: number, onDamage: (damage: SegmentDamage) => void) {
    this.#path = path;
    this.#file = openSync(path, "r");
    this.#onDamage = onDamage;
    this.#position = position;
    this.#windowStart = position;
  }

  /** Where the next frame begins. */
  get position(): number {
    return this.#position;
  }

  /**
   * The next whole frame; undefined when there is none yet, or none any more.
   * `finished`: nothing is written behind the present end, so what is left there is damage and passed over. Otherwise it may become a frame.
   */
  next(finished: boolean): PlacedFrame | undefined {
    const frame = this.#read() ?? this.#skipDamage(finished);
    if (frame !== undefined) this.#position = frame.end;
    return frame;
  }

  close(): void {
    closeSync(this.#file);
  }

  #read(): PlacedFrame | undefined {
    if (!this.#fill(headerBytes)) return undefined;
    const size = frameSize(this.#window, this.#position - this.#windowStart);
    return size !== undefined && this.#fill(size) ? this.#frameAt(this.#position - this.#windowStart) : undefined;
  }

  #frameAt(index: number): PlacedFrame | undefined {
    const frame = readFrame(this.#window, index);
    const offset = this.#windowStart + index;
    return frame === undefined ? undefined : { ...frame, offset, end: offset + headerBytes + frame.payload.length };
  }

  /** Looks for the next frame behind bytes that are none, so that one changed byte does not cost the rest of the segment. */
  #skipDamage(finished: boolean): PlacedFrame | undefined {
    const size = fstatSync(this.#file).size;
    if (size <= this.#position) return undefined;
    this.#fill(size - this.#position);
    const start = this.#position - this.#windowStart;
    // What was half a frame a moment ago may be a whole one by now.
    const late = this.#isWhole(start) ? this.#frameAt(start) : undefined;
    if (late !== undefined) return late;
    for (
      let index = this.#window.indexOf(magicBytes, start + 1);
      index !== -1;
      index = this.#window.indexOf(magicBytes, index + 1)
    ) {
      const frame = this.#frameAt(index);
      if (frame === undefined) continue;
      this.#report("corrupt", frame.offset, "the checksum or the header of a frame does not hold");
      return frame;
    }
    if (finished) {
      const isTorn = frameSize(this.#window, start) !== undefined && !this.#isWhole(start);
      if (isTorn) this.#report("torn", size, "the last frame was not written whole");
      else this.#report("corrupt", size, "the checksum or the header of a frame does not hold");
      this.#position = size;
    }
    return undefined;
  }

  #isWhole(index: number): boolean {
    return (frameSize(this.#window, index) ?? 0) <= this.#window.length - index;
  }

  #report(kind: SegmentDamage["kind"], end: number, reason: string): void {
    this.#onDamage({ path: this.#path, offset: this.#position, sizeBytes: end - this.#position, kind, reason });
  }

  /** Makes `size` bytes from the position on available in the window; false when the file does not hold so many. */
  #fill(size: number): boolean {
    const start = this.#position - this.#windowStart;
    const kept = this.#window.subarray(start);
    if (kept.length >= size) return true;
    // Frames given out share the old window's memory, so it is never written again.
    const available = Math.max(0, fstatSync(this.#file).size - this.#position);
    const wanted = Math.min(Math.max(size, chunkBytes), available);
    if (wanted <= kept.length) return false;
    const window = Buffer.allocUnsafe(wanted);
    kept.copy(window);
    let filled = kept.length;
    while (filled < wanted) {
      const read = readSync(this.#file, window, filled, wanted - filled, this.#position + filled);
      if (read === 0) break;
      filled += read;
    }
    this.#window = window.subarray(0, filled);
    this.#windowStart = this.#position;
    return filled >= size;
  }
}
