import type { LiveOperation } from "../follow/live-run.ts";
import type { Pace } from "../follow/pace.ts";
import { rfc3339 } from "../record/time.ts";
import type { DurationHistory } from "./duration-history.ts";
import type { Eta, Remaining } from "./eta.ts";
import { robustSpread } from "./robust.ts";

/** Half the width of an interval that holds nine of ten, in standard deviations. */
const ninetyPercent = 1.645;
/** What is supposed where too little is known to tell: as part of the estimate. */
const unknownSpread = 0.3;
/** No computation repeats itself more exactly than this: as part of the estimate. */
const leastSpread = 0.02;
/** Part of the work that must be done before its pace tells anything. */
const leastShare = 0.01;

/** When a run is likely to end, from its own progress and from earlier runs of its workflow. */
export function estimateRun(root: LiveOperation, history: DurationHistory, nowMs: number): Eta | undefined {
  return estimate(root, history.runs, nowMs);
}

/** When an open stage or pipeline is likely to end, from its own progress and from earlier ones of its kind and name. */
export function estimatePart(operation: LiveOperation, history: DurationHistory, nowMs: number): Eta | undefined {
  const past = operation.kind === "pipeline" ? history.pipelines : history.stages;
  return estimate(operation, past.get(operation.name) ?? [], nowMs);
}

function estimate({ startMs, pace }: LiveOperation, past: readonly number[], nowMs: number): Eta | undefined {
  const elapsedSeconds = Math.max(0, nowMs - startMs) / 1000;
  const byProgress = remainingByProgress(pace, startMs, nowMs);
  const byHistory = remainingByHistory(past, elapsedSeconds);
  const known = [byProgress, byHistory].filter((one) => one !== undefined);
  const combined = combine(known);
  if (combined === undefined) return undefined;
  const { seconds, spreadSeconds } = combined;
  return {
    atTime: rfc3339(nowMs + seconds * 1000),
    lowSeconds: Math.max(0, seconds - ninetyPercent * spreadSeconds),
    highSeconds: seconds + ninetyPercent * spreadSeconds,
    basis: known.length === 2 ? "progress and history" : byProgress === undefined ? "history" : "progress",
  };
}

/** Supposes that the rest goes as fast as what is done; how unevenly that went says how uncertain this is. */
export function remainingByProgress(pace: Pace, startMs: number, nowMs: number): Remaining | undefined {
  const { last, secondsPerUnit } = pace;
  if (last?.total === undefined || !(last.total > 0)) return undefined;
  const share = Math.min(1, last.done / last.total);
  if (share < leastShare) return undefined;
  const toLastSeconds = Math.max(0, last.atMs - startMs) / 1000;
  const leftAtLast = (toLastSeconds / share) * (1 - share);
  const sinceSeconds = Math.max(0, nowMs - last.atMs) / 1000;
  const typical = robustSpread(secondsPerUnit);
  const uneven =
    typical === undefined || secondsPerUnit.length < 3 || typical.median === 0
      ? unknownSpread
      : Math.max(leastSpread, typical.deviation / typical.median / Math.sqrt(secondsPerUnit.length));
  // Work that has told nothing for longer than it had left is behind: how far, nobody can say.
  return {
    seconds: Math.max(0, leftAtLast - sinceSeconds),
    spreadSeconds: uneven * leftAtLast + Math.max(0, sinceSeconds - leftAtLast),
  };
}

/** What is left of the median duration. A run that has outlasted its forerunners clearly is not like them, and they tell nothing of it. */
export function remainingByHistory(past: readonly number[], elapsedSeconds: number): Remaining | undefined {
  const typical = robustSpread(past);
  if (typical === undefined) return undefined;
  const { median, deviation } = typical;
  const spreadSeconds = past.length < 3 ? unknownSpread * median : Math.max(leastSpread * median, deviation);
  if (elapsedSeconds > median + 3 * spreadSeconds) return undefined;
  return { seconds: Math.max(0, median - elapsedSeconds), spreadSeconds };
}

/** Each weighs by the inverse of its variance; where they contradict each other the result is as uncertain as they are apart. */
function combine(known: readonly Remaining[]): Remaining | undefined {
  const [first, ...others] = known;
  if (first === undefined || others.length === 0) return first;
  const weights = known.map(({ spreadSeconds }) => 1 / Math.max(spreadSeconds, 1e-3) ** 2);
  const weight = weights.reduce((sum, one) => sum + one, 0);
  const mean = (value: (one: Remaining) => number): number =>
    known.reduce((sum, one, index) => sum + (weights[index] ?? 0) * value(one), 0) / weight;
  const seconds = mean((one) => one.seconds);
  const apart = mean((one) => (one.seconds - seconds) ** 2);
  return { seconds, spreadSeconds: Math.sqrt(1 / weight + apart) };
}
