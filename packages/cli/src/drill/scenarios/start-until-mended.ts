import type { Drill, JobOptions, Mishap } from "../scenario.ts";

/** Starts a program that misbehaves until it is mended, or by itself no longer. */
export function startUntilMended(drill: Drill, misbehaviour: string, options?: JobOptions): Promise<Mishap> {
  const job = drill.startJob(misbehaviour, options);
  return Promise.resolve({ beganMs: job.startedMs, mend: () => job.mend() });
}
