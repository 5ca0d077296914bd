import { closeSync, openSync } from "node:fs";
import { frameKind, frameSize, headerBytes, magicBytes, readFrame } from "../frame/codec.ts";
import type { RawFrame } from "../frame/codec.ts";
import type { SegmentDamage } from "../frame/frame.ts";
import { Unpacker } from "../frame/packed.ts";
import type { Signal } from "../settings.ts";
import { FileWindow } from "./file-window.ts";

/** A frame and where it stands. */
export interface PlacedFrame extends RawFrame {
  readonly offset: number;
  /** Where the next frame begins. */
  readonly end: number;
}

/**
 * Reads the frames of one segment, which may still be growing. A frame shares its memory with the next one: its payload holds until the
 * next question. Methods throw what the system throws, and never for what the bytes are. Hot path: a frame costs its checksum and one copy
 * out of the file.
 */
export class SegmentReader {
  readonly #path: string;
  readonly #window: FileWindow;
  readonly #file: number;
  readonly #unpacker = new Unpacker();
  readonly #onDamage: (damage: SegmentDamage) => void;
  #position: number;

  constructor(path: string, position: number, onDamage: (damage: SegmentDamage) => void) {
    this.#path = path;
    this.#file = openSync(path, "r");
    this.#window = new FileWindow(this.#file);
    this.#onDamage = onDamage;
    this.#position = position;
  }

  /** Where the next frame begins. */
  get position(): number {
    return this.#position;
  }

  /** True once the segment was seen to be removed. */
  get isRemoved(): boolean {
    return this.#window.isRemoved;
  }

  /** Goes to where a frame begins. */
  seek(position: number): void {
    this.#position = position;
  }

  /**
   * The next whole frame; undefined when there is none yet, or none any more.
   * `finished`: nothing is written behind the present end, so what is left there is damage and passed over. Otherwise it may become a frame.
   * `signal`: frames of other signals are passed over by their headers where another frame or the end of the file follows; elsewhere they are given out.
   */
  next(finished: boolean, signal?: Signal): PlacedFrame | undefined {
    if (signal !== undefined) while (this.#passOther(signal));
    const frame = this.#read() ?? this.#skipDamage(finished);
    if (frame !== undefined) this.#position = frame.end;
    return frame;
  }

  close(): void {
    closeSync(this.#file);
  }

  #passOther(signal: Signal): boolean {
    const window = this.#window;
    if (!window.has(this.#position, headerBytes)) return false;
    const index = window.index(this.#position);
    const kind = frameKind(window.bytes, index);
    if (kind === undefined || kind === "resource" || kind === signal) return false;
    const end = this.#position + (frameSize(window.bytes, index) ?? 0);
    if (window.holds(end, headerBytes)) {
      if (frameKind(window.bytes, window.index(end)) === undefined) return false;
    } else if (window.fileSize() !== end) {
      if (!window.has(end, headerBytes) || frameKind(window.bytes, window.index(end)) === undefined) return false;
    }
    this.#position = end;
    return true;
  }

  #read(): PlacedFrame | undefined {
    const window = this.#window;
    if (!window.has(this.#position, headerBytes)) return undefined;
    const size = frameSize(window.bytes, window.index(this.#position));
    return size !== undefined && window.has(this.#position, size) ? this.#frameAt(this.#position) : undefined;
  }

  #frameAt(offset: number): PlacedFrame | undefined {
    const frame = readFrame(this.#window.bytes, this.#window.index(offset));
    const payload = frame?.packed === true ? this.#unpacker.unpack(frame.payload) : frame?.payload;
    if (frame === undefined || payload === undefined) return undefined;
    const { kind, whole, resource, records } = frame;
    return { kind, whole, resource, records, payload, offset, end: offset + headerBytes + frame.payload.length };
  }

  /** Looks for the next frame behind bytes that are none, so that one changed byte does not cost the rest of the segment. */
  #skipDamage(finished: boolean): PlacedFrame | undefined {
    const size = this.#window.fileSize();
    const start = this.#position;
    if (size <= start) return undefined;
    this.#window.has(start, size - start);
    // What was half a frame a moment ago may be a whole one by now.
    const late = this.#isWhole(start) ? this.#frameAt(start) : undefined;
    if (late !== undefined) return late;
    const { bytes } = this.#window;
    const base = start - this.#window.index(start);
    for (
      let index = bytes.indexOf(magicBytes, start - base + 1);
      index !== -1;
      index = bytes.indexOf(magicBytes, index + 1)
    ) {
      const frame = this.#frameAt(base + index);
      if (frame === undefined) continue;
      this.#report("corrupt", frame.offset, "the checksum or the header of a frame does not hold");
      return frame;
    }
    if (finished) {
      const isTorn = frameSize(bytes, start - base) !== undefined && !this.#isWhole(start);
      if (isTorn) this.#report("torn", size, "the last frame was not written whole");
      else this.#report("corrupt", size, "the checksum or the header of a frame does not hold");
      this.#position = size;
    }
    return undefined;
  }

  #isWhole(offset: number): boolean {
    const size = frameSize(this.#window.bytes, this.#window.index(offset)) ?? 0;
    return this.#window.holds(offset, size);
  }

  #report(kind: SegmentDamage["kind"], end: number, reason: string): void {
    this.#onDamage({ path: this.#path, offset: this.#position, sizeBytes: end - this.#position, kind, reason });
  }
}
