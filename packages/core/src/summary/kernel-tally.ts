import type { KernelSummary } from "./run-summary.ts";

/** Sums kernel calls by name. */
export function createKernelTally(): {
  add(name: string, durationSeconds: number, failed: boolean): void;
  list(): readonly KernelSummary[];
} {
  const kernels = new Map<string, { count: number; failed: number; durationSeconds: number; maxSeconds: number }>();
  return {
    add(name, durationSeconds, failed) {
      let kernel = kernels.get(name);
      if (kernel === undefined)
        kernels.set(name, (kernel = { count: 0, failed: 0, durationSeconds: 0, maxSeconds: 0 }));
      kernel.count += 1;
      if (failed) kernel.failed += 1;
      kernel.durationSeconds += durationSeconds;
      kernel.maxSeconds = Math.max(kernel.maxSeconds, durationSeconds);
    },
    list: () => [...kernels].map(([name, kernel]) => ({ name, ...kernel })),
  };
}
