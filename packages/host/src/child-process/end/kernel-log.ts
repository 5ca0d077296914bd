import { closeSync, constants, openSync, readSync } from "node:fs";

/** Most records of the kernel's log that are read. */
const maxRecords = 20_000;

/** Processes that the kernel's log says it killed for want of memory since `sinceMs` of the monotonic clock; none where this process may not read it. At most some milliseconds. */
export function oomKilledByLog(sinceMs: number): ReadonlySet<number> {
  const killed = new Set<number>();
  let file: number;
  try {
    file = openSync("/dev/kmsg", constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return killed;
  }
  try {
    const buffer = Buffer.alloc(16_384);
    for (let count = 0; count < maxRecords; count += 1) {
      const text = readRecord(file, buffer);
      if (text === undefined) break;
      const pid = parseOomKill(text, sinceMs);
      if (pid !== undefined) killed.add(pid);
    }
  } finally {
    closeSync(file);
  }
  return killed;
}

/** The kernel's clock and this process's may drift apart over months. */
const driftMs = 30_000;

/** The process that a record of `/dev/kmsg` says was killed for want of memory, when it is not older than `sinceMs`. */
export function parseOomKill(text: string, sinceMs: number): number | undefined {
  const [, microseconds, pid] = /^\d+,\d+,(\d+),[^;]*;.*out of memory: Killed process (\d+) /i.exec(text) ?? [];
  if (microseconds === undefined || Number(microseconds) / 1000 < sinceMs - driftMs) return undefined;
  return Number(pid);
}

/** Each read gives one record. */
function readRecord(file: number, buffer: Buffer): string | undefined {
  try {
    return buffer.toString("latin1", 0, readSync(file, buffer));
  } catch (error) {
    // EPIPE: the record was overwritten meanwhile, the next read gives a later one.
    return (error as NodeJS.ErrnoException).code === "EPIPE" ? "" : undefined;
  }
}
