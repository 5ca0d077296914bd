/** How long a reading serves: both cost 12 µs, and in a shorter time memory hardly changes. */
export const readingMs = 2;

let readAt = Number.NEGATIVE_INFINITY;
let resident = 0;
let highWater = 0;

/** Resident memory of the process, in bytes, as it was at most {@link readingMs} ago. About 10 µs, then 0.05 µs. */
export function residentMemoryBytes(): number {
  read();
  return resident;
}

/** Highest resident memory the process ever had, in bytes, as it was at most {@link readingMs} ago. */
export function highWaterBytes(): number {
  read();
  return highWater;
}

function read(): void {
  const now = performance.now();
  if (now - readAt < readingMs) return;
  readAt = now;
  resident = process.memoryUsage.rss();
  highWater = process.resourceUsage().maxRSS * 1024;
}

/** Follows the peak of resident memory over a stretch of time. */
export interface MemoryWatch {
  readonly startBytes: number;
  /** Takes one sample into account. */
  sample(bytes: number): void;
  /** Highest resident memory since the watch began, in bytes: exact when the process grew beyond all before, else the highest sample. */
  peakBytes(nowBytes: number): number;
}

/** Begins to watch. */
export function watchMemory(): MemoryWatch {
  const startBytes = residentMemoryBytes();
  const highWaterAtStart = highWaterBytes();
  let highest = startBytes;
  return {
    startBytes,
    sample(bytes) {
      highest = Math.max(highest, bytes);
    },
    peakBytes(nowBytes) {
      const highWaterNow = highWaterBytes();
      return highWaterNow > highWaterAtStart ? highWaterNow : Math.max(highest, nowBytes);
    },
  };
}
