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
  readonly durationMs: number;
  readonly maxOperations: number;
}

/** Runs operations in synchronous chunks, with a drain after each. */
export async function runChunks(subject: Subject, work: () => void, bounds: StretchBounds): Promise<Stretch> {
  const { operate } = subject;
  const endMs = performance.now() + bounds.durationMs;
  let operations = 0;
  let hotMs = 0;
  while (operations < bounds.maxOperations && performance.now() < endMs) {
    const startMs = performance.now();
    for (let index = 0; index < chunkSize; index++) operate(work);
    hotMs += performance.now() - startMs;
    operations += chunkSize;
    await subject.drain();
  }
  return { operations, hotMs };
}
