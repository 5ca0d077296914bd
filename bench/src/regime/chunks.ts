import type { Subject } from "../subject/subject.ts";

/** Operations between two turns of the event loop: fewer than the 512 at which the stock processors send. */
export const chunkSize = 400;

/** A stretch of operations. */
export interface Stretch {
  readonly operations: number;
  /** Wall time inside the synchronous chunks. */
  readonly hotMs: number;
}

/** Bounds of a stretch: it ends at the first one reached. */
export interface StretchBounds {
  /** Processor time of the main thread: on a busy machine a stretch takes longer and holds as many operations. */
  readonly processorMs: number;
  readonly maxOperations: number;
}

/** Longest stretch, in wall time. */
const maxStretchMs = 20_000;
/** Wall time between two looks at the processor's clock, which is slow to read. */
const lookMs = 25;

/** Runs operations in synchronous chunks, with a drain after each. */
export async function runChunks(subject: Subject, work: () => void, bounds: StretchBounds): Promise<Stretch> {
  const { operate } = subject;
  const endMs = performance.now() + maxStretchMs;
  const start = process.threadCpuUsage();
  let lookAtMs = performance.now() + lookMs;
  let operations = 0;
  let hotMs = 0;
  while (operations < bounds.maxOperations) {
    const startMs = performance.now();
    for (let index = 0; index < chunkSize; index++) operate(work);
    const nowMs = performance.now();
    hotMs += nowMs - startMs;
    operations += chunkSize;
    await subject.drain();
    if (nowMs < lookAtMs) continue;
    lookAtMs = nowMs + lookMs;
    const { user, system } = process.threadCpuUsage(start);
    if (user + system >= bounds.processorMs * 1000 || nowMs > endMs) break;
  }
  return { operations, hotMs };
}
