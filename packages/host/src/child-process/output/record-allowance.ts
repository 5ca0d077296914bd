/** What may become records in a second; ten seconds' worth may come at once. */
export interface RecordAllowanceSettings {
  readonly linesPerSecond: number;
  readonly bytesPerSecond: number;
}

/** Says whether one more line may become a record. */
export interface RecordAllowance {
  /** True when a line of `sizeBytes` may become a record now. */
  take(sizeBytes: number, nowMs: number): boolean;
}

/** Seconds whose allowance may be used at once. */
const burstSeconds = 10;

/** Makes an allowance that is full. */
export function createRecordAllowance({ linesPerSecond, bytesPerSecond }: RecordAllowanceSettings): RecordAllowance {
  const maxLines = linesPerSecond * burstSeconds;
  const maxBytes = bytesPerSecond * burstSeconds;
  let lines = maxLines;
  let bytes = maxBytes;
  let lastMs: number | undefined;
  return {
    take(sizeBytes, nowMs) {
      const seconds = Math.max(0, nowMs - (lastMs ?? nowMs)) / 1000;
      lastMs = nowMs;
      lines = Math.min(maxLines, lines + seconds * linesPerSecond);
      bytes = Math.min(maxBytes, bytes + seconds * bytesPerSecond);
      if (lines < 1 || bytes < sizeBytes) return false;
      lines -= 1;
      bytes -= sizeBytes;
      return true;
    },
  };
}
