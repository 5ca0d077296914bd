import type { BottleneckSummary } from "./run-summary.ts";

/** Most entries of the list. */
export const maxBottlenecks = 10;

/** What took time itself, most of it first, with its part of the run. What took none is left out. */
export function rankBottlenecks(
  all: readonly Omit<BottleneckSummary, "share">[],
  runSeconds: number,
): readonly BottleneckSummary[] {
  return all
    .filter(({ selfSeconds }) => selfSeconds > 0)
    .toSorted((a, b) => b.selfSeconds - a.selfSeconds)
    .slice(0, maxBottlenecks)
    .map(({ kind, name, selfSeconds }) => ({
      kind,
      name,
      selfSeconds,
      share: runSeconds > 0 ? Math.min(1, selfSeconds / runSeconds) : 0,
    }));
}
