import { now } from "../clock.ts";

/** How long a reading serves at least: in a shorter time memory hardly changes. */
export const readingMs = 10;
/** Reading costs 10 µs, and many times that on a busy machine: it serves so much longer than it took that it takes no more than a five-hundredth of the time. */
const costFactor = 500;

/** Memory of the process at one time, in bytes. */
export interface MemoryReading {
  readonly residentBytes: number;
  /** Highest resident memory the process ever had. */
  readonly highWaterBytes: number;
}

let reading: MemoryReading = { residentBytes: 0, highWaterBytes: 0 };
let dueMs = Number.NEGATIVE_INFINITY;

/**
 * The process's memory as it was at most {@link readingMs} ago; on a busy machine a little longer. About 10 µs where it is read, 5 ns elsewhere.
 * `timeMs`: the time now, by {@link now}.
 */
export function memoryReading(timeMs: number = now()): MemoryReading {
  if (timeMs < dueMs) return reading;
  reading = { residentBytes: process.memoryUsage.rss(), highWaterBytes: process.resourceUsage().maxRSS * 1024 };
  dueMs = timeMs + Math.max(readingMs, (now() - timeMs) * costFactor);
  return reading;
}

/** Follows the peak of resident memory over a stretch of time. */
export class MemoryWatch {
  /** Where it began. */
  readonly start: MemoryReading;
  #highestBytes: number;

  constructor(start: MemoryReading) {
    this.start = start;
    this.#highestBytes = start.residentBytes;
  }

  /** Takes one sample of resident memory into account. */
  sample(bytes: number): void {
    if (bytes > this.#highestBytes) this.#highestBytes = bytes;
  }

  /** Highest resident memory from the start to a later reading, in bytes: exact when the process grew beyond all before, else the highest sample. */
  peakBytes({ residentBytes, highWaterBytes }: MemoryReading): number {
    return highWaterBytes > this.start.highWaterBytes ? highWaterBytes : Math.max(this.#highestBytes, residentBytes);
  }
}
