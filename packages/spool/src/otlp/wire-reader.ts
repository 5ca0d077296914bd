/** Wire type of integers of variable width. */
export const wireVarint = 0;
/** Wire type of values of eight bytes. */
export const wireFixed64 = 1;
/** Wire type of strings, bytes, messages and packed numbers. */
export const wireBytes = 2;
/** Wire type of values of four bytes. */
export const wireFixed32 = 5;

/**
 * Reads the fields of one protobuf message in their order. Every method throws `SyntaxError` where the bytes are not what it reads.
 * Source: protobuf.dev/programming-guides/encoding.
 */
export class WireReader {
  /** Number of the field that `next()` stands at. */
  field = 0;
  /** Wire type of that field. */
  type = 0;
  /** Where the next byte is read. */
  position: number;
  readonly #bytes: Buffer;
  readonly #end: number;

  constructor(bytes: Uint8Array, start = 0, end: number = bytes.length) {
    // A reader is made for every message within, so a view that is one already is kept.
    this.#bytes = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = start;
    this.#end = end;
  }

  /** Moves to the next field; false at the end of the message. */
  next(): boolean {
    if (this.position >= this.#end) return false;
    const tag = this.#varint();
    this.field = Math.floor(tag / 8);
    this.type = tag % 8;
    if (this.field === 0) throw malformed("a field has number 0");
    return true;
  }

  /** Passes over the field's value. */
  skip(): void {
    if (this.type === wireVarint) this.#varint();
    else if (this.type === wireFixed64) this.#take(8);
    else if (this.type === wireBytes) this.#take(this.#varint());
    else if (this.type === wireFixed32) this.#take(4);
    else throw malformed(`a field has wire type ${this.type}`);
  }

  /** An unsigned varint; exact up to 2^53. */
  uint(): number {
    this.#expect(wireVarint);
    return this.#varint();
  }

  boolean(): boolean {
    return this.uint() !== 0;
  }

  /** A signed varint in zigzag encoding. */
  sint32(): number {
    const raw = this.uint();
    return raw % 2 === 0 ? raw / 2 : -(raw + 1) / 2;
  }

  /** A signed 64-bit varint: a number where it is safe, else a bigint. */
  int64(): bigint | number {
    this.#expect(wireVarint);
    const start = this.position;
    const small = this.#smallVarint();
    if (small !== undefined) return small;
    this.position = start;
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return narrow(BigInt.asIntN(64, value));
    }
    throw malformed("a varint is longer than ten bytes");
  }

  /** A signed 64-bit integer of fixed width: a number where it is safe, else a bigint. */
  sfixed64(): bigint | number {
    this.#expect(wireFixed64);
    return narrow(this.#bytes.readBigInt64LE(this.#take(8)));
  }

  fixed64(): bigint {
    this.#expect(wireFixed64);
    return this.#bytes.readBigUInt64LE(this.#take(8));
  }

  fixed32(): number {
    this.#expect(wireFixed32);
    return this.#bytes.readUInt32LE(this.#take(4));
  }

  double(): number {
    this.#expect(wireFixed64);
    return this.#bytes.readDoubleLE(this.#take(8));
  }

  string(): string {
    this.#expect(wireBytes);
    const length = this.#varint();
    const start = this.#take(length);
    return this.#bytes.toString("utf8", start, start + length);
  }

  hex(): string {
    this.#expect(wireBytes);
    const length = this.#varint();
    const start = this.#take(length);
    return this.#bytes.toString("hex", start, start + length);
  }

  /** A copy of the field's bytes. */
  bytes(): Uint8Array {
    this.#expect(wireBytes);
    const length = this.#varint();
    const start = this.#take(length);
    return new Uint8Array(this.#bytes.subarray(start, start + length));
  }

  /** A reader of the message the field holds. */
  message(): WireReader {
    this.#expect(wireBytes);
    const length = this.#varint();
    const start = this.#take(length);
    return new WireReader(this.#bytes, start, start + length);
  }

  /** Adds the field's doubles, packed or single, to `target`. */
  doubles(target: number[]): void {
    this.#repeated(wireFixed64, () => target.push(this.double()));
  }

  /** Adds the field's unsigned 64-bit integers of fixed width, packed or single, to `target`. */
  fixed64s(target: number[]): void {
    this.#repeated(wireFixed64, () => target.push(Number(this.fixed64())));
  }

  /** Adds the field's unsigned varints, packed or single, to `target`. */
  uints(target: number[]): void {
    this.#repeated(wireVarint, () => target.push(this.uint()));
  }

  #repeated(type: number, one: () => void): void {
    if (this.type !== wireBytes) return one();
    const end = this.#varint() + this.position;
    if (end > this.#end) throw malformed("a field is longer than its message");
    this.type = type;
    while (this.position < end) one();
  }

  #expect(type: number): void {
    if (this.type !== type) throw malformed(`field ${this.field} has wire type ${this.type}, not ${type}`);
  }

  #take(length: number): number {
    const start = this.position;
    if (length > this.#end - start) throw malformed("a field is longer than its message");
    this.position = start + length;
    return start;
  }

  #byte(): number {
    const byte = this.position < this.#end ? this.#bytes[this.position] : undefined;
    if (byte === undefined) throw malformed("it ends within a number");
    this.position += 1;
    return byte;
  }

  /** A varint of up to seven bytes, for which a number is exact; undefined for a longer one. */
  #smallVarint(): number | undefined {
    let value = 0;
    let unit = 1;
    for (let read = 0; read < 7; read += 1) {
      const byte = this.#byte();
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) return value;
      unit *= 128;
    }
    return undefined;
  }

  #varint(): number {
    let value = 0;
    let unit = 1;
    for (let read = 0; read < 10; read += 1) {
      const byte = this.#byte();
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) return value;
      unit *= 128;
    }
    throw malformed("a varint is longer than ten bytes");
  }
}

function narrow(value: bigint): bigint | number {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

/** The fault of bytes that are no OTLP message. */
export function malformed(what: string): SyntaxError {
  return new SyntaxError(`Cannot decode OTLP: the bytes must be a protobuf message, ${what}`);
}
