import { fileBytes } from "./queued-frame.ts";
import type { QueuedFrame } from "./queued-frame.ts";

/** Frames that wait in memory, in the order they came, within a bound of bytes. */
export class FrameQueue {
  readonly #frames: QueuedFrame[] = [];
  #sizeBytes = 0;
  #promptBytes = 0;
  readonly #maxBytes: number;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get frames(): readonly QueuedFrame[] {
    return this.#frames;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** True while a prompt frame waits. */
  get hasPrompt(): boolean {
    return this.#promptBytes > 0;
  }

  /**
   * Adds a frame. Where there is no room, the oldest batched frames give way to a prompt one and to a newer batched one;
   * prompt frames never do. Returns what was dropped for it: the frame itself where even that made no room.
   */
  push(frame: QueuedFrame): readonly QueuedFrame[] {
    const size = fileBytes(frame);
    const missing = this.#sizeBytes + size - this.#maxBytes;
    const dropped = missing > 0 ? this.#makeRoom(missing) : [];
    if (dropped === undefined) return [frame];
    this.#frames.push(frame);
    this.#sizeBytes += size;
    if (frame.urgency === "prompt") this.#promptBytes += size;
    return dropped;
  }

  /** Takes the first `count` frames out. */
  shift(count: number): readonly QueuedFrame[] {
    const taken = this.#frames.splice(0, count);
    for (const frame of taken) this.#forget(frame);
    return taken;
  }

  #makeRoom(missing: number): readonly QueuedFrame[] | undefined {
    if (this.#sizeBytes - this.#promptBytes < missing) return undefined;
    const dropped: QueuedFrame[] = [];
    const enough = this.#sizeBytes - missing;
    let index = 0;
    while (this.#sizeBytes > enough) {
      const frame = this.#frames[index];
      if (frame === undefined) break;
      if (frame.urgency === "prompt") {
        index += 1;
        continue;
      }
      this.#frames.splice(index, 1);
      this.#forget(frame);
      dropped.push(frame);
    }
    return dropped;
  }

  #forget(frame: QueuedFrame): void {
    this.#sizeBytes -= fileBytes(frame);
    if (frame.urgency === "prompt") this.#promptBytes -= fileBytes(frame);
  }
}
