import { maxEdits, partBytes, partHeaderBytes, partLike } from "../frame/packed.ts";
import { ItemWriter } from "../otlp/item-writer.ts";
import { varintSize, writeVarint } from "../otlp/varint.ts";
import type { Signal } from "../settings.ts";
import type { ItemModel } from "./item-model.ts";
import type { QueuedFrame } from "./queued-frame.ts";

/** Bytes left before a batch's items, besides those of its scope: its unpacked size, and a part with the tag and the length of the scope. */
const prefixBytes = 20;
/** Memory a batch begins with; it grows to what comes between two writes. */
const initialBytes = 16 * 1024;
/** Memory that is not kept for the next batch. */
const maxKeptBytes = 256 * 1024;
/** An item of this size goes into a frame of its own: should it be refused, it takes no other with it. */
const largeBytes = 64 * 1024;
/** Bytes in memory at which a write is due. */
export const batchBytes: number = 64 * 1024;
/** The same, as they are read. */
const maxUnpackedBytes = 256 * 1024;
/** Field 2 of `ResourceSpans`, `ResourceLogs` and `ResourceMetrics`. */
const scopeTag = 0x12;

/** Where encoded items of one signal and one instrumentation scope are written, straight into the spool's memory. */
export interface ItemBatch {
  /**
   * Takes one item: `item` (a tag, a length, a message) is written at its position, or {@link beginLike} is called there. What was written
   * without a commit is taken back by {@link rollback}.
   */
  readonly writer: ItemWriter;
  /** Begins an item that has the model's bytes but for what is edited; those edits are all that is kept, where the last one like it is in the same frame. */
  beginLike(model: ItemModel): void;
  /** True while the item is made of edits, so that what changed in the model since the last one like it has to be edited as well. */
  readonly isEditing: boolean;
  /** Moves the writer to where `size` bytes at `offset` of the item are written anew. From the front to the back of the item, at most 255. */
  edit(offset: number, size: number): void;
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
  /** Before this time, on the clock of `performance.now()`, no write is due for what the batches held when it was set. */
  readonly quiet: { until: number };
  /** Asked to seal the batch and leave its memory to the frame. */
  readonly seal: (batch: OpenBatch) => void;
  /** Told of an item that may make a write due. */
  readonly committed: (batch: OpenBatch, now: number) => boolean;
}

/** Frames are told apart by numbers, so that a model is known to be of this one. */
let lastFrame = 0;

/** The open batch of one signal: items that will be one frame. Hot path: `commit()` of a batched item costs 30 ns. */
export class OpenBatch implements ItemBatch {
  readonly writer: ItemWriter = new ItemWriter(initialBytes);
  readonly #settings: ItemBatchSettings;
  readonly #emptyAt: number;
  #committedAt: number;
  #frame = ++lastFrame;
  #unpackedBytes = 0;
  // Of the item that is being written:
  #model: ItemModel | undefined;
  #isEditing = false;
  /** Where its edits are counted, and how far they have come. */
  #countAt = 0;
  #editedTo = 0;
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
    this.rollback();
  }

  get signal(): Signal {
    return this.#settings.signal;
  }

  get isEditing(): boolean {
    return this.#isEditing;
  }

  /** Bytes of the items in it, as they are kept. */
  get sizeBytes(): number {
    return this.#committedAt - this.#emptyAt;
  }

  /** True where it should become a frame: one frame is written, read, checked and sent at once. */
  get isFull(): boolean {
    return this.sizeBytes >= batchBytes || this.#unpackedBytes >= maxUnpackedBytes;
  }

  beginLike(model: ItemModel): void {
    const { writer } = this;
    this.#model = model;
    if (model.frame !== this.#frame) {
      writer.raw(model.bytes);
      return;
    }
    const size = model.bytes.length;
    // Its edits take no more than all its bytes and what says where they are.
    writer.reserve(size + 6 * maxEdits);
    const { bytes } = writer;
    let position = this.#committedAt;
    bytes[position++] = partLike;
    position = writeVarint(bytes, position, this.#unpackedBytes - model.at);
    position = writeVarint(bytes, position, size);
    bytes[position] = 0;
    this.#isEditing = true;
    this.#countAt = position;
    this.#editedTo = 0;
    writer.position = position + 1;
  }

  edit(offset: number, size: number): void {
    const { writer } = this;
    if (!this.#isEditing) {
      writer.position = this.#committedAt + partHeaderBytes + offset;
      return;
    }
    const { bytes } = writer;
    bytes[this.#countAt] = (bytes[this.#countAt] as number) + 1;
    writer.position = writeVarint(bytes, writeVarint(bytes, writer.position, offset - this.#editedTo), size);
    this.#editedTo = offset + size;
  }

  commit(urgency: "batched" | "prompt", now: number): boolean {
    const { writer } = this;
    const model = this.#model;
    let size = 0;
    if (model !== undefined) {
      size = model.bytes.length;
      if (!this.#isEditing) writer.position = this.#committedAt + partHeaderBytes + size;
      model.frame = this.#frame;
      model.at = this.#unpackedBytes;
    } else {
      size = writer.position - this.#committedAt - partHeaderBytes;
      if (this.records > 0 && size >= largeBytes) this.#moveOn();
    }
    if (this.#isEditing) this.#isEditing = false;
    else this.#putHeader(this.#committedAt, size);
    this.#model = undefined;
    this.#unpackedBytes += size;
    if (this.records === 0) this.oldestAt = now;
    this.records += 1;
    this.#committedAt = writer.position;
    writer.reserve(partHeaderBytes);
    writer.position += partHeaderBytes;
    const isFirstPrompt = urgency === "prompt" && !this.hasPrompt;
    if (isFirstPrompt) this.hasPrompt = true;
    // Most items come to others that wait as they do: nothing is due that was not before.
    if (this.records > 1 && !isFirstPrompt && now < this.#settings.quiet.until && !this.isFull) return false;
    return this.#settings.committed(this, now);
  }

  rollback(): void {
    this.writer.reserve(partHeaderBytes);
    this.writer.position = this.#committedAt + partHeaderBytes;
    this.#isEditing = false;
    // What its owner changed for the item that is forgotten is in none of this frame.
    if (this.#model !== undefined) this.#model.frame = -1;
    this.#model = undefined;
  }

  #putHeader(at: number, size: number): void {
    this.writer.bytes[at] = partBytes;
    this.writer.view.setUint32(at + 1, size, true);
  }

  /** Lets the items before the one just written go, so that it is the first. */
  #moveOn(): void {
    const { writer } = this;
    const item = Buffer.from(writer.bytes.subarray(this.#committedAt + partHeaderBytes, writer.position));
    this.rollback();
    this.#settings.seal(this);
    writer.raw(item);
  }

  /** All items as one frame, which shares memory with the batch until more items come or {@link renew}; undefined where there are none. */
  seal(): QueuedFrame | undefined {
    if (this.records === 0) return undefined;
    const frame: QueuedFrame = {
      kind: this.#settings.signal,
      whole: false,
      packed: true,
      resource: this.#settings.resource,
      records: this.records,
      payload: this.writer.bytes.subarray(this.#putPrefix(), this.#committedAt),
      urgency: this.hasPrompt ? "prompt" : "batched",
    };
    this.records = 0;
    this.hasPrompt = false;
    this.#unpackedBytes = 0;
    this.#frame = ++lastFrame;
    this.#committedAt = this.#emptyAt;
    this.rollback();
    return frame;
  }

  /** Writes what stands before the items; returns where it begins. */
  #putPrefix(): number {
    const { bytes } = this.writer;
    const scopeBytes = this.#emptyAt - prefixBytes;
    const size = scopeBytes + this.#unpackedBytes;
    const tagAt = prefixBytes - varintSize(size) - 1;
    bytes[tagAt] = scopeTag;
    writeVarint(bytes, tagAt + 1, size);
    const headerAt = tagAt - partHeaderBytes;
    this.#putHeader(headerAt, this.#emptyAt - tagAt);
    const unpacked = prefixBytes - tagAt + size;
    const start = headerAt - varintSize(unpacked);
    writeVarint(bytes, start, unpacked);
    return start;
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
