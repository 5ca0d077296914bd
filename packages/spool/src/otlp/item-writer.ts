import { writeVarint } from "./varint.ts";

/*
 * Hot path: each span and log record of an operation is written with it. Budget 250 ns for a span of ten attributes, no
 * allocation. Numbers of fields are given as whole tags of one byte: `field << 3 | type`, fields 1 to 15.
 */

/** Texts up to this length are first tried as ASCII, character by character: shorter than what a call into C++ costs. */
const maxLoopLength = 48;

/** Writes protobuf straight into one buffer that grows, behind what was written before. Source: protobuf.dev/programming-guides/encoding. */
export class ItemWriter {
  bytes: Buffer;
  view: DataView;
  /** Where the next byte goes. */
  position = 0;

  constructor(sizeBytes: number) {
    this.bytes = Buffer.allocUnsafeSlow(sizeBytes);
    this.view = viewOf(this.bytes);
  }

  /** Makes room for `size` more bytes. */
  reserve(size: number): void {
    const needed = this.position + size;
    if (needed <= this.bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2));
    this.bytes.copy(grown, 0, 0, this.position);
    this.bytes = grown;
    this.view = viewOf(grown);
  }

  /** One byte, for which there must be room. */
  byte(value: number): void {
    this.bytes[this.position++] = value;
  }

  /** An unsigned varint, 0 to 2^53 - 1. */
  varint(value: number): void {
    this.reserve(10);
    if (value >= 0x8000_0000) this.position = writeVarint(this.bytes, this.position, value);
    else {
      let rest = value;
      for (; rest > 127; rest >>>= 7) this.bytes[this.position++] = (rest & 127) | 128;
      this.bytes[this.position++] = rest;
    }
  }

  /** A tag and an unsigned varint. */
  uint(tag: number, value: number): void {
    this.reserve(11);
    this.bytes[this.position++] = tag;
    this.varint(value);
  }

  /** A tag and a signed 64-bit integer as a varint. */
  int64(tag: number, value: number): void {
    if (value >= 0 && value <= Number.MAX_SAFE_INTEGER) return this.uint(tag, value);
    this.reserve(11);
    this.bytes[this.position++] = tag;
    let rest = BigInt.asUintN(64, BigInt(value));
    while (rest >= 128n) {
      this.bytes[this.position++] = Number(rest & 0x7fn) | 0x80;
      rest >>= 7n;
    }
    this.bytes[this.position++] = Number(rest);
  }

  double(tag: number, value: number): void {
    this.reserve(9);
    this.bytes[this.position++] = tag;
    this.view.setFloat64(this.position, value, true);
    this.position += 8;
  }

  /** A tag, of a second byte where its field is 16 or more, and 32 bits. */
  fixed32(tag: number, value: number, secondTag?: number): void {
    this.reserve(6);
    this.bytes[this.position++] = tag;
    if (secondTag !== undefined) this.bytes[this.position++] = secondTag;
    this.view.setUint32(this.position, value, true);
    this.position += 4;
  }

  /** A tag and `seconds` and `nanoseconds` as nanoseconds in 64 bits. */
  nanoseconds(tag: number, seconds: number, nanoseconds: number): void {
    this.reserve(9);
    this.bytes[this.position++] = tag;
    // seconds * 1e9 does not fit into a double, its two halves do.
    const low = (seconds % 65_536) * 1e9;
    const high = Math.floor(seconds / 65_536) * 1e9;
    const sum = low + (high % 65_536) * 65_536 + nanoseconds;
    this.view.setUint32(this.position, sum % 4_294_967_296, true);
    this.view.setUint32(this.position + 4, Math.floor(sum / 4_294_967_296) + Math.floor(high / 65_536), true);
    this.position += 8;
  }

  /** A tag and a text in UTF-8. */
  string(tag: number, value: string): void {
    const { length } = value;
    this.reserve(length * 3 + 11);
    this.bytes[this.position++] = tag;
    if (length > maxLoopLength || !this.#ascii(value)) this.#utf8(value);
  }

  /** A tag and bytes with their length. */
  blob(tag: number, value: Uint8Array): void {
    this.reserve(value.length + 11);
    this.bytes[this.position++] = tag;
    this.varint(value.length);
    this.raw(value);
  }

  /** Fields that are encoded already. */
  raw(value: Uint8Array): void {
    const { length } = value;
    this.reserve(length);
    const { position } = this;
    this.bytes.set(value, position);
    this.position = position + length;
  }

  /** Four bytes, the highest first; for ids. There must be room. */
  word(value: number): void {
    this.view.setUint32(this.position, value, false);
    this.position += 4;
  }

  /** Begins a message of some bytes; returns what {@link endMessage} needs. */
  beginMessage(tag: number): number {
    this.reserve(11);
    this.bytes[this.position++] = tag;
    return ++this.position;
  }

  /** Ends a message that was begun at `start`: its length goes where one byte was left for it. */
  endMessage(start: number): void {
    const size = this.position - start;
    if (size < 128) this.bytes[start - 1] = size;
    else this.#lengthen(start, size, 1);
  }

  /** The same for a message that will hardly be shorter than 128 bytes: two bytes are left. */
  beginItem(tag: number): number {
    this.reserve(12);
    this.bytes[this.position] = tag;
    return (this.position += 3);
  }

  endItem(start: number): void {
    const size = this.position - start;
    if (size >= 128 && size < 16_384) {
      this.bytes[start - 2] = (size & 127) | 128;
      this.bytes[start - 1] = size >> 7;
    } else this.#lengthen(start, size, 2);
  }

  #lengthen(start: number, size: number, left: number): void {
    this.reserve(10);
    let needed = 1;
    for (let rest = size; rest >= 128; rest = Math.floor(rest / 128)) needed += 1;
    this.bytes.copyWithin(start - left + needed, start, this.position);
    this.position += needed - left;
    writeVarint(this.bytes, start - left, size);
  }

  #ascii(value: string): boolean {
    const { bytes, position } = this;
    const { length } = value;
    for (let index = 0; index < length; index += 1) {
      const code = value.charCodeAt(index);
      if (code > 127) return false;
      bytes[position + 1 + index] = code;
    }
    bytes[position] = length;
    this.position = position + 1 + length;
    return true;
  }

  #utf8(value: string): void {
    const size = Buffer.byteLength(value);
    this.varint(size);
    this.bytes.write(value, this.position);
    this.position += size;
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
