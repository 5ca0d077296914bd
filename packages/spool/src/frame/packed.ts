/*
 * The payload of a packed frame: how many bytes it unpacks to, as a varint, and then parts, each of which adds bytes to what was unpacked before.
 *   0  u32 n, n bytes           these bytes
 *   1  varint back, varint n,   the n bytes that began `back` bytes before the present end, with some of them others:
 *      u8 edits, and each edit    so many bytes on (varint), so many bytes (varint), the bytes
 * Numbers are little-endian. Each frame is whole in itself: nothing refers to another one.
 */

/** A part that brings all its bytes. */
export const partBytes = 0;
/** A part that brings edits of bytes before. */
export const partLike = 1;
/** Bytes of a part of the first kind before those it brings. */
export const partHeaderBytes = 5;
/** Most edits of one part. */
export const maxEdits = 255;
/** Larger than any frame that is written: what says so is damaged. */
const maxUnpackedBytes = 1024 * 1024 * 1024;
/** Memory that is not kept for the next frame. */
const maxKeptBytes = 2 * 1024 * 1024;
/** Up to so many bytes are cheaper copied one by one than by a call. */
const maxLoopBytes = 48;

/** Unpacks payloads into memory that is used again. Hot path: 100 ns for an item of 500 bytes. */
export class Unpacker {
  #memory: Buffer = Buffer.alloc(0);
  #packed: Uint8Array = this.#memory;
  #at = 0;

  /** The payload; it holds until the next one is unpacked. Undefined where these bytes are no packed payload. */
  unpack(packed: Uint8Array): Uint8Array | undefined {
    this.#packed = packed;
    this.#at = 0;
    const size = this.#varint();
    if (!(size <= maxUnpackedBytes)) return undefined;
    if (this.#memory.length < size || this.#memory.length > Math.max(size, maxKeptBytes))
      this.#memory = Buffer.allocUnsafeSlow(size);
    let end = 0;
    while (this.#at < packed.length) {
      const kind = packed[this.#at++];
      const next = kind === partBytes ? this.#bytes(end, size) : kind === partLike ? this.#like(end, size) : -1;
      if (next < 0) return undefined;
      end = next;
    }
    return end === size ? this.#memory.subarray(0, size) : undefined;
  }

  /** Where the part ends in memory; -1 where it is none. */
  #bytes(start: number, size: number): number {
    const packed = this.#packed;
    const at = this.#at + 4;
    if (at > packed.length) return -1;
    const count =
      (packed[at - 4] as number) +
      (packed[at - 3] as number) * 256 +
      (packed[at - 2] as number) * 65_536 +
      (packed[at - 1] as number) * 16_777_216;
    if (at + count > packed.length || start + count > size) return -1;
    this.#memory.set(packed.subarray(at, at + count), start);
    this.#at = at + count;
    return start + count;
  }

  #like(start: number, size: number): number {
    const packed = this.#packed;
    const memory = this.#memory;
    const from = start - this.#varint();
    const count = this.#varint();
    const end = start + count;
    if (!(from >= 0 && from + count <= start && end <= size)) return -1;
    const edits = packed[this.#at++];
    if (edits === undefined) return -1;
    // A call that V8 knows how to make without leaving compiled code; `copyWithin()` is none.
    memory.copy(memory, start, from, from + count);
    let at = this.#at;
    let target = start;
    for (let edit = 0; edit < edits; edit += 1) {
      let skipped = packed[at++] as number;
      if (!(skipped < 128)) {
        skipped = this.#varint(at - 1);
        at = this.#at;
      }
      let length = packed[at++] as number;
      if (!(length < 128)) {
        length = this.#varint(at - 1);
        at = this.#at;
      }
      target += skipped;
      if (!(target + length <= end && at + length <= packed.length)) return -1;
      if (length > maxLoopBytes) memory.set(packed.subarray(at, at + length), target);
      else for (let index = 0; index < length; index += 1) memory[target + index] = packed[at + index] as number;
      at += length;
      target += length;
    }
    this.#at = at;
    return end;
  }

  /** NaN where it is cut off. */
  #varint(from = this.#at): number {
    const packed = this.#packed;
    let at = from;
    let value = 0;
    for (let unit = 1; ; unit *= 128) {
      const byte = packed[at++];
      if (byte === undefined) return Number.NaN;
      value += (byte & 127) * unit;
      if (byte < 128) {
        this.#at = at;
        return value;
      }
    }
  }
}
