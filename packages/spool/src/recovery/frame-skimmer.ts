import type { LatestTime } from "./latest-time.ts";

/*
 * Hot path: recovery reads whole spools, which are mostly records that say nothing of what is open. Budget 200 ns a record of 20 fields.
 * The layout is that of opentelemetry-proto: below a request stand ResourceSpans and the like (1), ScopeSpans (2) and items (2). A frame
 * holds a request, or the scopes of one.
 */
const scopeTag = 0x12;
const resourceTag = 0x0a;
const itemTag = 0x12;

/** A log record's place in the bytes, and what it says of itself. */
export interface SkimmedRecord {
  readonly start: number;
  readonly end: number;
  readonly eventName: string;
  /** Its span id, a character a byte; empty where it has none. */
  readonly spanId: string;
}

/** Called for each scope that has records, and for each record. */
export interface RecordVisitor {
  /** `start` and `end`: where the scope with its records stands. */
  scope(start: number, end: number): void;
  record(record: SkimmedRecord): void;
}

/** Reads of a frame's items only when they were, and of log records which operation they tell of. Throws `RangeError` where the bytes are no OTLP. */
export class FrameSkimmer {
  readonly #times: LatestTime;
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;

  constructor(times: LatestTime) {
    this.#times = times;
  }

  /** The times of spans: when they ended. */
  spans(bytes: Buffer, isWhole: boolean): void {
    const span = (end: number): void => this.#span(end);
    this.#scopes(bytes, isWhole, (end) => this.#eachMessage(end, itemTag, span));
  }

  /** The times of records, and each of them. */
  records(bytes: Buffer, isWhole: boolean, visitor: RecordVisitor): void {
    const record = (end: number): void => visitor.record(this.#record(end));
    this.#scopes(bytes, isWhole, (end) => {
      visitor.scope(this.#at, end);
      this.#eachMessage(end, itemTag, record);
    });
  }

  #scopes(bytes: Buffer, isWhole: boolean, visit: (end: number) => void): void {
    this.#bytes = bytes;
    this.#at = 0;
    if (isWhole) this.#eachMessage(bytes.length, resourceTag, (end) => this.#eachMessage(end, scopeTag, visit));
    else this.#eachMessage(bytes.length, scopeTag, visit);
  }

  /** Visits the messages of one field; the others are passed over. */
  #eachMessage(end: number, wanted: number, visit: (end: number) => void): void {
    while (this.#at < end) {
      const tag = this.#varint();
      if (tag !== wanted) {
        this.#skip(tag, end);
        continue;
      }
      const size = this.#varint();
      const messageEnd = this.#at + size;
      if (messageEnd > end) throw cutOff();
      visit(messageEnd);
      this.#at = messageEnd;
    }
  }

  #span(end: number): void {
    const bytes = this.#bytes;
    while (this.#at < end) {
      const tag = this.#varint();
      if (tag === 0x41 && this.#at + 8 <= end)
        this.#times.see(bytes.readUInt32LE(this.#at + 4), bytes.readUInt32LE(this.#at));
      this.#skip(tag, end);
    }
  }

  #record(end: number): SkimmedRecord {
    const bytes = this.#bytes;
    const start = this.#at;
    let [time, observed, eventName, spanId] = [0, 0, "", ""];
    while (this.#at < end) {
      const tag = this.#varint();
      const value = this.#at;
      this.#skip(tag, end);
      if (tag === 0x09) time = value;
      else if (tag === 0x59) observed = value;
      else if (tag === 0x52) spanId = bytes.toString("latin1", value + 1, this.#at);
      else if (tag === 0x62) eventName = bytes.toString("latin1", value + 1, this.#at);
    }
    if (time === 0 || !this.#see(time)) this.#see(observed);
    return { start, end, eventName, spanId };
  }

  /** False for a time of 0, which is none. */
  #see(place: number): boolean {
    if (place === 0) return false;
    const low = this.#bytes.readUInt32LE(place);
    const high = this.#bytes.readUInt32LE(place + 4);
    this.#times.see(high, low);
    return high > 0 || low > 0;
  }

  #skip(tag: number, end: number): void {
    switch (tag & 7) {
      case 0:
        this.#varint();
        break;
      case 1:
        this.#at += 8;
        break;
      case 2: {
        const size = this.#varint();
        this.#at += size;
        break;
      }
      case 5:
        this.#at += 4;
        break;
      default:
        throw cutOff();
    }
    if (this.#at > end) throw cutOff();
  }

  #varint(): number {
    const bytes = this.#bytes;
    let byte = bytes[this.#at++];
    if (byte === undefined) throw cutOff();
    if (byte < 128) return byte;
    let value = byte & 127;
    for (let unit = 128; ; unit *= 128) {
      byte = bytes[this.#at++];
      if (byte === undefined) throw cutOff();
      value += (byte & 127) * unit;
      if (byte < 128) return value;
    }
  }
}

function cutOff(): RangeError {
  return new RangeError("Cannot read a frame: it must hold OTLP, it is cut off or something else");
}
