/** Resident memory of the process, in bytes. About 10 µs. */
export function residentMemoryBytes(): number {
  return process.memoryUsage.rss();
}

/** Highest resident memory the process ever had, in bytes. About 2 µs. */
export function highWaterBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
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
      const highWater = highWaterBytes();
      return highWater > highWaterAtStart ? highWater : Math.max(highest, nowBytes);
    },
  };
}
