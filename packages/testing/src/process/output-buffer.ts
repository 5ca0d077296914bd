import type { Readable } from "node:stream";

/** Keeps the first bytes of a stream as text, and tells whoever waits for more. */
export class OutputBuffer {
  readonly #chunks: Buffer[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #maxBytes: number;
  #sizeBytes = 0;
  #droppedBytes = 0;

  constructor(stream: Readable, maxBytes: number) {
    this.#maxBytes = maxBytes;
    stream.on("data", (chunk: Buffer) => this.#add(chunk));
  }

  /** Decoded as UTF-8; ends with a note when bytes were dropped. */
  get text(): string {
    const kept = Buffer.concat(this.#chunks).toString("utf8");
    return this.#droppedBytes === 0 ? kept : `${kept}\n[${this.#droppedBytes} bytes dropped]`;
  }

  /** Resolves when `condition` holds, looked at now and after every chunk. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!condition()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  #add(chunk: Buffer): void {
    const kept = chunk.subarray(0, Math.max(0, this.#maxBytes - this.#sizeBytes));
    if (kept.byteLength > 0) this.#chunks.push(kept);
    this.#sizeBytes += kept.byteLength;
    this.#droppedBytes += chunk.byteLength - kept.byteLength;
    for (const look of this.#waiting) look();
  }
}
