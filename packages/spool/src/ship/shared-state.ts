import type { Signal } from "../settings.ts";
import { startPositions } from "./cursor.ts";
import type { CursorPositions, Position } from "./cursor.ts";
import { bytesBehind } from "./ship-source.ts";
import type { SignalShipment } from "./shipper-statistics.ts";

/*
 * What the shipper's thread tells the main thread, in memory both can read: the main thread asks in an `exit` handler, where no message comes any more.
 *   Int32 0       wake: counts notifications
 *   Int32 1       version of the message; odd while it is written
 *   Int32 2       length of the message
 *   Int32 3       bytes that were written to the spool, modulo 2^32
 *   Int32 4       at how many of them the thread wants to be woken
 *   BigInt64 3..  per signal: shipped, rejected, failures, segment, offset
 *   then          the message, UTF-8
 */
const signals: readonly Signal[] = ["traces", "metrics", "logs"];
const countsPerSignal = 5;
const countsStart = 24;
const textStart = countsStart + signals.length * countsPerSignal * 8;
const textBytes = 1024;
const writtenWord = 3;
const awaitedWord = 4;

type Count = "failures" | "rejected" | "shipped";
const slots: Readonly<Record<Count | "offset" | "segment", number>> = {
  shipped: 0,
  rejected: 1,
  failures: 2,
  segment: 3,
  offset: 4,
};

/** Statistics that two threads share. */
export class SharedState {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array<SharedArrayBuffer>;
  readonly #counts: BigInt64Array<SharedArrayBuffer>;
  readonly #text: Uint8Array<SharedArrayBuffer>;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(textStart + textBytes)) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer, 0, 6);
    this.#counts = new BigInt64Array(buffer, countsStart, signals.length * countsPerSignal);
    this.#text = new Uint8Array(buffer, textStart, textBytes);
  }

  /** Wakes the thread that waits in `notified()`. */
  notify(): void {
    Atomics.add(this.#words, 0, 1);
    Atomics.notify(this.#words, 0);
  }

  /** Counts what was written, and wakes the thread where it wants to know of that: once, for waking it costs tens of microseconds. */
  grow(sizeBytes: number): void {
    const before = Atomics.add(this.#words, writtenWord, sizeBytes);
    const awaited = Atomics.load(this.#words, awaitedWord);
    if (isReached(before + sizeBytes, awaited) && !isReached(before, awaited)) this.notify();
  }

  /** Bytes that were written, modulo 2^32. */
  written(): number {
    return Atomics.load(this.#words, writtenWord);
  }

  /** Asks for a notification when so many bytes, on the count of `written()`, are there, at once where they are already. */
  awaitWritten(awaited: number): void {
    Atomics.store(this.#words, awaitedWord, awaited);
    if (isReached(this.written(), awaited)) this.notify();
  }

  /** Resolves at the next notification. `seen`: what `notifications()` gave before. */
  async notified(seen: number): Promise<void> {
    const waiting = Atomics.waitAsync(this.#words, 0, seen);
    if (waiting.async) await waiting.value;
  }

  notifications(): number {
    return Atomics.load(this.#words, 0);
  }

  add(signal: Signal, count: Count, records: number): void {
    Atomics.add(this.#counts, slot(signal, count), BigInt(records));
  }

  /** Says how far the own spool is shipped. */
  moveTo(positions: CursorPositions): void {
    for (const signal of signals) {
      Atomics.store(this.#counts, slot(signal, "segment"), BigInt(positions[signal].segment));
      Atomics.store(this.#counts, slot(signal, "offset"), BigInt(positions[signal].offset));
    }
  }

  setMessage(message: string): void {
    Atomics.add(this.#words, 1, 1);
    const { written } = new TextEncoder().encodeInto(message, this.#text);
    Atomics.store(this.#words, 2, written);
    Atomics.add(this.#words, 1, 1);
  }

  message(): string | undefined {
    const length = Atomics.load(this.#words, 2);
    // A message that is just being written is read a moment later, or as it is: it is told to people only.
    for (let look = 0; look < 1000 && Atomics.load(this.#words, 1) % 2 === 1; look += 1);
    return length === 0 ? undefined : Buffer.from(this.#text.slice(0, Atomics.load(this.#words, 2))).toString("utf8");
  }

  /** The counts of a signal now. `directory`: the own spool, whose files tell what is pending. */
  shipment(signal: Signal, directory: string | undefined): SignalShipment {
    const count = (name: Count | "offset" | "segment"): number =>
      Number(Atomics.load(this.#counts, slot(signal, name)));
    const position: Position =
      count("segment") === 0 ? startPositions[signal] : { segment: count("segment"), offset: count("offset") };
    return {
      shipped: count("shipped"),
      rejected: count("rejected"),
      failures: count("failures"),
      pendingBytes: directory === undefined ? 0 : bytesBehind(directory, position),
    };
  }
}

/** Whether a count has reached another, where both begin anew after 2^32 and are nearer to each other than half of that. */
export function isReached(written: number, awaited: number): boolean {
  return ((written - awaited) | 0) >= 0;
}

function slot(signal: Signal, name: Count | "offset" | "segment"): number {
  return signals.indexOf(signal) * countsPerSignal + slots[name];
}
