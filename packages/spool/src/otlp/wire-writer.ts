import { varintSize, writeVarint } from "./varint.ts";
import { wireBytes, wireFixed32, wireFixed64, wireVarint } from "./wire-reader.ts";

/** Writes the fields of one protobuf message into a buffer that grows. Source: protobuf.dev/programming-guides/encoding. */
export class WireWriter {
  #bytes: Buffer = Buffer.allocUnsafe(1024);
  #length = 0;

  /** What was written; shares memory with the writer. */
  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** An unsigned varint, 0 to 2^53 - 1. */
  uint(field: number, value: number): void {
    this.#tag(field, wireVarint);
    this.#varint(value);
  }

  boolean(field: number, value: boolean): void {
    this.uint(field, value ? 1 : 0);
  }

  /** A signed 64-bit integer as a varint. */
  int64(field: number, value: bigint | number): void {
    if (typeof value === "number" && value >= 0 && value <= Number.MAX_SAFE_INTEGER) return this.uint(field, value);
    this.#tag(field, wireVarint);
    this.#room(10);
    let rest = BigInt.asUintN(64, BigInt(value));
    while (rest >= 128n) {
      this.#bytes[this.#length++] = Number(rest & 0x7fn) | 0x80;
      rest >>= 7n;
    }
    this.#bytes[this.#length++] = Number(rest);
  }

  fixed64(field: number, value: bigint): void {
    this.#tag(field, wireFixed64);
    this.#room(8);
    this.#length = this.#bytes.writeBigUInt64LE(value, this.#length);
  }

  fixed32(field: number, value: number): void {
    this.#tag(field, wireFixed32);
    this.#room(4);
    this.#length = this.#bytes.writeUInt32LE(value, this.#length);
  }

  double(field: number, value: number): void {
    this.#tag(field, wireFixed64);
    this.#room(8);
    this.#length = this.#bytes.writeDoubleLE(value, this.#length);
  }

  string(field: number, value: string): void {
    const size = Buffer.byteLength(value);
    this.#tag(field, wireBytes);
    this.#varint(size);
    this.#room(size);
    this.#length += this.#bytes.write(value, this.#length);
  }

  bytes(field: number, value: Uint8Array): void {
    this.#tag(field, wireBytes);
    this.#varint(value.length);
    this.raw(value);
  }

  /** Bytes given in hexadecimal. */
  hex(field: number, value: string): void {
    this.bytes(field, Buffer.from(value, "hex"));
  }

  /** Fields that are encoded already. */
  raw(value: Uint8Array): void {
    this.#room(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  /** A message, which `fill` writes with this same writer. */
  message(field: number, fill: () => void): void {
    this.#tag(field, wireBytes);
    this.#room(1);
    const start = this.#length + 1;
    this.#length = start;
    fill();
    const size = this.#length - start;
    // Most messages are shorter than 128 bytes, so one byte was left for the length and only a longer one is moved.
    const extra = varintSize(size) - 1;
    if (extra > 0) {
      this.#room(extra);
      this.#bytes.copyWithin(start + extra, start, this.#length);
      this.#length += extra;
    }
    writeVarint(this.#bytes, start - 1, size);
  }

  #tag(field: number, type: number): void {
    this.#varint(field * 8 + type);
  }

  #varint(value: number): void {
    this.#room(10);
    this.#length = writeVarint(this.#bytes, this.#length, value);
  }

  #room(size: number): void {
    const needed = this.#length + size;
    if (needed <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}
