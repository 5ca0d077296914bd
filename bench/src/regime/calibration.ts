import type { ChildAnswer } from "../measure/cell.ts";
import { nothing } from "../subject/subject.ts";
import { createSpin } from "./work-kernel.ts";

/** Finds how many steps of the work kernel take a microsecond on this machine: the best of ten runs of 10 ms and more. */
export async function run(): Promise<ChildAnswer> {
  const spin = createSpin();
  const steps = 10_000_000;
  let bestMs = Infinity;
  for (let repeat = 0; repeat < 10; repeat++) {
    const startMs = performance.now();
    spin(steps);
    bestMs = Math.min(bestMs, performance.now() - startMs);
  }
  return { figures: { stepsPerUs: steps / (bestMs * 1000) }, sent: nothing };
}
