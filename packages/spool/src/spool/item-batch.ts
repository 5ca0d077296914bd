import { ItemWriter } from "../otlp/item-writer.ts";
import { varintSize, writeVarint } from "../otlp/varint.ts";
import type { Signal } from "../settings.ts";
import type { QueuedFrame } from "./queued-frame.ts";

/** Bytes left before a batch's content: the tag and the length of its scope. */
const prefixBytes = 11;
/** Memory a batch begins with; it grows to what comes between two writes. */
const initialBytes = 16 * 1024;
/** Memory that is not kept for the next batch. */
const maxKeptBytes = 256 * 1024;
/** An item of this size goes into a frame of its own: should it be refused, it takes no other with it. */
const largeBytes = 64 * 1024;
/** Field 2 of `ResourceSpans`, `ResourceLogs` and `ResourceMetrics`. */
const scopeTag = 0x12;

/** Where encoded items of one signal and one instrumentation scope are written, straight into the spool's memory. */
export interface ItemBatch {
  /** Takes one item: `item` (a tag, a length, a message) is written at its position. What was written without a commit is taken back by {@link rollback}. */
  readonly writer: ItemWriter;
  /**
   * The item just written is whole.
   *
   * @param now on the clock of `performance.now()`, so that a caller who knows it need not ask again
   * @returns true when bytes went into the file meanwhile
   */
  commit(urgency: "batched" | "prompt", now: number): boolean;
  /** Forgets what was written since the last commit. */
  rollback(): void;
}

/** What a batch's frames have in common. */
export interface ItemBatchSettings {
  readonly signal: Signal;
  readonly resource: number;
  /** The `scope` field with its tag. */
  readonly scope: Uint8Array;
  /** Asked to seal the batch and leave its memory to the frame. */
  readonly seal: (batch: OpenBatch) => void;
  /** Told of each item. */
  readonly committed: (batch: OpenBatch, now: number) => boolean;
}

/** The open batch of one signal: items that will be one frame. Hot path: `commit()` of a batched item costs 30 ns. */
export class OpenBatch implements ItemBatch {
  readonly writer: ItemWriter = new ItemWriter(initialBytes);
  readonly #settings: ItemBatchSettings;
  readonly #emptyAt: number;
  #committedAt: number;
  /** Items in it. */
  records = 0;
  /** When the first of them came, on the clock of `performance.now()`. */
  oldestAt = 0;
  /** True while one of them is prompt. */
  hasPrompt = false;

  constructor(settings: ItemBatchSettings) {
    this.#settings = settings;
    this.writer.position = prefixBytes;
    this.writer.raw(settings.scope);
    this.#emptyAt = this.writer.position;
    this.#committedAt = this.#emptyAt;
  }

  get signal(): Signal {
    return this.#settings.signal;
  }

  /** Bytes of the items in it. */
  get sizeBytes(): number {
    return this.#committedAt - this.#emptyAt;
  }

  commit(urgency: "batched" | "prompt", now: number): boolean {
    if (this.records > 0 && this.writer.position - this.#committedAt >= largeBytes) this.#moveOn();
    if (this.records === 0) this.oldestAt = now;
    this.records += 1;
    this.#committedAt = this.writer.position;
    if (urgency === "prompt") this.hasPrompt = true;
    return this.#settings.committed(this, now);
  }

  rollback(): void {
    this.writer.position = this.#committedAt;
  }

  /** Lets the items before the one just written go, so that it is the first. */
  #moveOn(): void {
    const item = Buffer.from(this.writer.bytes.subarray(this.#committedAt, this.writer.position));
    this.rollback();
    this.#settings.seal(this);
    this.writer.raw(item);
  }

  /** All items as one frame, which shares memory with the batch until {@link reuse} or {@link renew}; undefined where there are none. */
  seal(): QueuedFrame | undefined {
    if (this.records === 0) return undefined;
    const { bytes } = this.writer;
    const size = this.#committedAt - prefixBytes;
    const start = prefixBytes - varintSize(size) - 1;
    bytes[start] = scopeTag;
    writeVarint(bytes, start + 1, size);
    const frame: QueuedFrame = {
      kind: this.#settings.signal,
      whole: false,
      resource: this.#settings.resource,
      records: this.records,
      payload: bytes.subarray(start, this.#committedAt),
      urgency: this.hasPrompt ? "prompt" : "batched",
    };
    this.records = 0;
    this.hasPrompt = false;
    this.#committedAt = this.#emptyAt;
    this.writer.position = this.#emptyAt;
    return frame;
  }

  /** Leaves its memory to the frame that was sealed, which still waits. */
  renew(): void {
    const { bytes } = this.writer;
    this.writer.bytes = Buffer.allocUnsafeSlow(initialBytes + this.#emptyAt);
    this.writer.view = new DataView(this.writer.bytes.buffer);
    bytes.copy(this.writer.bytes, 0, 0, this.#emptyAt);
  }

  /** Gives memory back that one large item took. */
  shrink(): void {
    if (this.writer.bytes.length > maxKeptBytes) this.renew();
  }
}
