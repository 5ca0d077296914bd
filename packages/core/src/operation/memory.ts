/** How long a reading serves at least: in a shorter time memory hardly changes. */
export const readingMs = 10;
/** Reading costs 10 µs, and many times that on a busy machine: it serves so much longer than it took that it takes no more than a five-hundredth of the time. */
const costFactor = 500;

let dueAt = Number.NEGATIVE_INFINITY;
let resident = 0;
let highWater = 0;

/** Resident memory of the process, in bytes, as it was at most {@link readingMs} ago; on a busy machine a little longer. About 10 µs, then 0.05 µs. */
export function residentMemoryBytes(): number {
  read();
  return resident;
}

/** Highest resident memory the process ever had, in bytes, as old as {@link residentMemoryBytes}. */
export function highWaterBytes(): number {
  read();
  return highWater;
}

function read(): void {
  const startedAt = performance.now();
  if (startedAt < dueAt) return;
  resident = process.memoryUsage.rss();
  highWater = process.resourceUsage().maxRSS * 1024;
  dueAt = startedAt + Math.max(readingMs, (performance.now() - startedAt) * costFactor);
}

/** Follows the peak of resident memory over a stretch of time, from now on. */
export class MemoryWatch {
  readonly startBytes: number = residentMemoryBytes();
  readonly #highWaterAtStart = highWaterBytes();
  #highest = this.startBytes;

  /** Takes one sample into account. */
  sample(bytes: number): void {
    if (bytes > this.#highest) this.#highest = bytes;
  }

  /** Highest resident memory since the watch began, in bytes: exact when the process grew beyond all before, else the highest sample. */
  peakBytes(nowBytes: number): number {
    const highWaterNow = highWaterBytes();
    return highWaterNow > this.#highWaterAtStart ? highWaterNow : Math.max(this.#highest, nowBytes);
  }
}
