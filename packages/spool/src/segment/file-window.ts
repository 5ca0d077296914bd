import { fstatSync, readSync } from "node:fs";

/** So much is read at once, unless more is asked for. */
const chunkBytes = 256 * 1024;
/** What a larger question took is given back when it is answered. */
const maxKeptBytes = 2 * 1024 * 1024;

const nothing = Buffer.alloc(0);

/** A part of a file in memory that is used again: buffers made anew for each part would have the collector run all the time. Methods throw what the system throws. */
export class FileWindow {
  readonly #file: number;
  #memory: Buffer = nothing;
  #start = 0;
  /** What of the file is in memory; changes with each question. */
  bytes: Buffer = nothing;
  /** True once the file was seen to be removed, which its reader may go on reading. */
  isRemoved = false;

  constructor(file: number) {
    this.#file = file;
  }

  /** Where a place of the file stands in {@link bytes}. */
  index(position: number): number {
    return position - this.#start;
  }

  /** Whether so many bytes from `position` on are in memory. */
  holds(position: number, size: number): boolean {
    return position >= this.#start && position + size <= this.#start + this.bytes.length;
  }

  /** Reads so many bytes from `position` on, and what comes behind them; false when the file does not hold so many: then what it does hold is there. */
  has(position: number, size: number): boolean {
    if (this.holds(position, size)) return true;
    const available = Math.max(0, this.fileSize() - position);
    const wanted = Math.min(Math.max(size, chunkBytes), available);
    const isKept = position >= this.#start && position <= this.#start + this.bytes.length;
    const kept = isKept ? this.bytes.subarray(this.index(position)) : nothing;
    if (isKept && wanted <= kept.length) return false;
    this.#moveTo(position, kept, wanted);
    let filled = kept.length;
    while (filled < wanted) {
      const read = readSync(this.#file, this.#memory, filled, wanted - filled, position + filled);
      if (read === 0) break;
      filled += read;
    }
    this.bytes = this.#memory.subarray(0, filled);
    return filled >= size;
  }

  /** Bytes of the file now. */
  fileSize(): number {
    const { size, nlink } = fstatSync(this.#file);
    this.isRemoved = nlink === 0;
    return size;
  }

  #moveTo(position: number, kept: Buffer, wanted: number): void {
    const isFit = this.#memory.length >= wanted && (this.#memory.length <= maxKeptBytes || wanted > maxKeptBytes);
    // Most spools are small, and each of their readers has a window.
    const memory = isFit
      ? this.#memory
      : Buffer.allocUnsafeSlow(wanted > chunkBytes / 4 ? Math.max(wanted, chunkBytes) : wanted * 2);
    memory.set(kept);
    this.#memory = memory;
    this.#start = position;
  }
}
