import { existsSync } from "node:fs";
import { basename } from "node:path";
import { createDirectory } from "../directory/create-directory.ts";
import { lifeFile, moveLife } from "../directory/life.ts";
import { splitRequest } from "../otlp/envelope.ts";
import { applyRetention } from "../retention/apply-retention.ts";
import { SegmentWriter } from "../segment/segment-writer.ts";
import type { Signal } from "../settings.ts";
import { FrameQueue } from "./frame-queue.ts";
import { OpenBatch, batchBytes } from "./item-batch.ts";
import type { ItemBatch } from "./item-batch.ts";
import { fileBytes } from "./queued-frame.ts";
import type { QueuedFrame } from "./queued-frame.ts";
import { ResourceNumbers } from "./resource-numbers.ts";
import type { AppendOptions, ItemScope, Spool, SpoolSettings } from "./spool.ts";
import type { SpoolStatistics } from "./statistics.ts";
import { Tally } from "./tally.ts";
import { WriteTimer } from "./write-timer.ts";
import { spoolWritten } from "./written.ts";

/** Age of the oldest frame in memory at which a write is due. */
const batchAgeMs = 100;
/** A prompt frame waits when the last write is nearer than this, so that a burst costs one write and not thousands. */
const promptGapMs = 10;
/** When a write is due that is due by its size. */
const dueNow = 0;
/** Wait after a first failed write; doubles with each further one up to the bound. */
const retryInitialMs = 100;
const retryMaxMs = 5000;

/** The spool of one process. Hot path: `append()` of a small prompt request costs one `write(2)`, of a batched one some microseconds less. */
export class ProcessSpool implements Spool {
  readonly directory: string;
  readonly #settings: SpoolSettings;
  readonly #queue: FrameQueue;
  readonly #writer: SegmentWriter;
  readonly #resources = new ResourceNumbers();
  readonly #tally = new Tally();
  readonly #batches: OpenBatch[] = [];
  readonly #quiet = { until: Number.NEGATIVE_INFINITY };
  #isClosed = false;
  #oldestAt = 0;
  #lastWriteAt = Number.NEGATIVE_INFINITY;
  #failuresInRow = 0;
  #retryAt = 0;
  readonly #timer = new WriteTimer((isEndOfTurn) => this.#timedOut(isEndOfTurn));

  constructor(directory: string, settings: SpoolSettings) {
    this.directory = directory;
    this.#settings = settings;
    this.#queue = new FrameQueue(settings.bounds.maxBufferBytes);
    this.#writer = new SegmentWriter({
      directory,
      maxSegmentBytes: settings.bounds.maxSegmentBytes,
      firstSegment: 1,
      resourceMessage: (number) => this.#resources.messageOf(number),
      beforeSegment: (number) => this.#beforeSegment(number),
    });
    this.#retain(1);
  }

  append(signal: Signal, request: Uint8Array, options: AppendOptions): boolean {
    if (this.#isClosed) return this.#refuse(signal, "closed", options.records);
    const frame = this.#frame(signal, request, options);
    if (fileBytes(frame) > this.#settings.bounds.maxBufferBytes)
      return this.#refuse(signal, "oversized", options.records);
    const now = performance.now();
    for (const batch of this.#batches) if (batch.signal === signal) this.#seal(batch)?.renew();
    const isKept = this.#push(frame, now);
    this.#writeWhenDue(now);
    return isKept;
  }

  openItems(signal: Signal, { resource, schema, scope }: ItemScope): ItemBatch | undefined {
    const number = this.#resources.numberOf({ resource, schema, scopes: scope });
    if (number === undefined) return undefined;
    const batch = new OpenBatch({
      signal,
      resource: number,
      scope,
      quiet: this.#quiet,
      seal: (one) => this.#seal(one)?.renew(),
      committed: (one, now) => this.#committed(one, now),
    });
    this.#batches.push(batch);
    return batch;
  }

  flush(): void {
    if (this.#waitingBytes() > 0) this.#write(performance.now());
  }

  statistics(): SpoolStatistics {
    let sizeBytes = 0;
    for (const size of this.#writer.sizes.values()) sizeBytes += size;
    return this.#tally.statistics(sizeBytes, this.#waitingBytes());
  }

  close(state: "ended"): void {
    if (this.#isClosed) return;
    this.flush();
    this.#isClosed = true;
    this.#quiet.until = Number.NEGATIVE_INFINITY;
    this.#timer.clear();
    for (const frame of this.#queue.shift(this.#queue.frames.length))
      this.#tally.drop(frame.kind, "closed", frame.records);
    this.#writer.close();
    moveLife(this.directory, lifeFile("running"), lifeFile(state));
  }

  #push(frame: QueuedFrame, oldestAt: number): boolean {
    if (this.#queue.frames.length === 0) this.#oldestAt = oldestAt;
    const dropped = this.#queue.push(frame);
    for (const one of dropped) this.#tally.drop(one.kind, "buffer_full", one.records);
    return dropped[0] !== frame;
  }

  #committed(batch: OpenBatch, now: number): boolean {
    if (this.#isClosed) {
      this.#tally.drop(batch.signal, "closed", batch.seal()?.records ?? 0);
      return false;
    }
    return this.#writeWhenDue(now);
  }

  /** Puts what a batch holds behind the frames that wait; undefined where it holds nothing. */
  #seal(batch: OpenBatch): OpenBatch | undefined {
    const { oldestAt } = batch;
    const frame = batch.seal();
    if (frame === undefined) return undefined;
    if (fileBytes(frame) > this.#settings.bounds.maxBufferBytes) this.#refuse(frame.kind, "oversized", frame.records);
    else this.#push(frame, oldestAt);
    return batch;
  }

  #waitingBytes(): number {
    let sizeBytes = this.#queue.sizeBytes;
    for (const batch of this.#batches) sizeBytes += batch.sizeBytes;
    return sizeBytes;
  }

  #refuse(signal: Signal, reason: "closed" | "oversized", records: number): false {
    this.#tally.drop(signal, reason, records);
    return false;
  }

  #frame(signal: Signal, request: Uint8Array, options: AppendOptions): QueuedFrame {
    const { records, urgency } = options;
    const envelope = splitRequest(request);
    const resource = envelope === undefined ? undefined : this.#resources.numberOf(envelope);
    if (envelope === undefined || resource === undefined)
      return { kind: signal, whole: true, resource: 0, records, payload: request, urgency };
    return { kind: signal, whole: false, resource, records, payload: envelope.scopes, urgency };
  }

  /** True when it was due. */
  #writeWhenDue(now: number): boolean {
    const dueAt = this.#dueAt();
    if (now >= dueAt) {
      this.#write(now, true);
      return true;
    }
    this.#quiet.until = this.#failuresInRow === 0 ? dueAt : Number.NEGATIVE_INFINITY;
    this.#timer.callAt(dueAt, now, this.#failuresInRow === 0);
    return false;
  }

  /** When the next write is due, on the clock of `performance.now()`. */
  #dueAt(): number {
    if (this.#failuresInRow > 0) {
      // While nothing can be written, what comes has to be within the bound of the queue as well.
      this.#sealLarge();
      return this.#retryAt;
    }
    let waitingBytes = this.#queue.sizeBytes;
    let { hasPrompt } = this.#queue;
    let oldestAt = this.#queue.frames.length > 0 ? this.#oldestAt : Number.POSITIVE_INFINITY;
    for (const batch of this.#batches) {
      if (batch.records === 0) continue;
      if (batch.isFull) return dueNow;
      waitingBytes += batch.sizeBytes;
      hasPrompt ||= batch.hasPrompt;
      if (batch.oldestAt < oldestAt) oldestAt = batch.oldestAt;
    }
    if (waitingBytes >= batchBytes) return dueNow;
    const batched = oldestAt + batchAgeMs;
    return hasPrompt ? Math.min(batched, this.#lastWriteAt + promptGapMs) : batched;
  }

  #sealLarge(): void {
    for (const batch of this.#batches) if (batch.isFull) this.#seal(batch)?.renew();
  }

  #write(now: number, isOneOfMany = false): void {
    this.#quiet.until = Number.NEGATIVE_INFINITY;
    const sealed = this.#batches.filter((batch) => this.#seal(batch) !== undefined);
    const hadPrompt = this.#queue.hasPrompt;
    const { written, error } = this.#writer.write(this.#queue.frames, isOneOfMany);
    const waitingBytes = this.#queue.sizeBytes;
    for (const frame of this.#queue.shift(written)) this.#tally.write(frame.kind, frame.records);
    const sizeBytes = waitingBytes - this.#queue.sizeBytes;
    // A frame that still waits keeps the memory it was written in.
    for (const batch of sealed)
      if (this.#queue.frames.length > 0) batch.renew();
      else batch.shrink();
    if (error === undefined) {
      this.#failuresInRow = 0;
      if (hadPrompt && this.#settings.bounds.fsync) this.#sync();
    } else {
      this.#failed(error, now);
    }
    if (sizeBytes > 0) spoolWritten.publish({ directory: this.directory, sizeBytes });
    this.#lastWriteAt = performance.now();
    if (this.#queue.frames.length > 0) this.#timer.callAt(this.#dueAt(), now, false);
  }

  #sync(): void {
    const error = this.#writer.sync();
    // The bytes are in the file and outlive the process; only a power failure could take them.
    if (error !== undefined) this.#tally.fail(error);
  }

  #failed(error: unknown, now: number): void {
    this.#tally.fail(error);
    this.#retryAt = now + Math.min(retryMaxMs, retryInitialMs * 2 ** this.#failuresInRow);
    this.#failuresInRow += 1;
  }

  #timedOut(isEndOfTurn: boolean): void {
    if (this.#isClosed || this.#waitingBytes() === 0) return;
    const now = performance.now();
    if (isEndOfTurn && this.#failuresInRow === 0) this.#write(now, true);
    else this.#writeWhenDue(now);
  }

  #beforeSegment(number: number): void {
    if (!existsSync(this.directory))
      createDirectory(this.#settings.root, basename(this.directory), this.#settings.identity);
    if (number > 1) this.#retain(number);
  }

  #retain(ownSegment: number): void {
    const { root, bounds, shippedSignals } = this.#settings;
    const result = applyRetention({ root, ownDirectory: this.directory, ownSegment, bounds, shippedSignals });
    for (const signal of ["traces", "metrics", "logs"] as const) {
      if (result.dropped[signal] > 0) this.#tally.drop(signal, "retention", result.dropped[signal]);
    }
    for (const segment of result.ownSegments) this.#writer.sizes.delete(segment);
  }
}
