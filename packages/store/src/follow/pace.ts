import type { ProgressSummary } from "@runlight/core";

/** Most intervals between two reports of progress that a pace remembers: the last ones. */
export const maxIntervals = 64;

/** One report of progress. */
export interface ProgressReport extends ProgressSummary {
  /** Unix time in milliseconds. */
  readonly atMs: number;
}

/** How far an operation is, and how fast it got there. */
export interface Pace {
  /** The last report; `undefined` before the first one. */
  readonly last: ProgressReport | undefined;
  /** Seconds that each unit took, one entry for each of the last {@link maxIntervals} reports that told of progress. */
  readonly secondsPerUnit: readonly number[];
  add(report: ProgressReport): void;
}

/** Begins with nothing done at `startMs`. */
export function createPace(startMs: number): Pace {
  const secondsPerUnit: number[] = [];
  let last: ProgressReport | undefined;
  return {
    get last() {
      return last;
    },
    secondsPerUnit,
    add(report) {
      const { atMs, done } = last ?? { atMs: startMs, done: 0 };
      if (report.done > done) {
        secondsPerUnit.push(Math.max(0, report.atMs - atMs) / 1000 / (report.done - done));
        if (secondsPerUnit.length > maxIntervals) secondsPerUnit.shift();
      }
      last = report;
    },
  };
}
