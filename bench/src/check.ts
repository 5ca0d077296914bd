import { goals, reaches } from "./goals.ts";
import type { Goal } from "./goals.ts";
import { runSuite } from "./measure/run-suite.ts";
import type { SuiteResult } from "./measure/run-suite.ts";
import { formatNumber } from "./report/number.ts";
import { tell } from "./report/progress.ts";
import { readResult } from "./report/results.ts";
import type { Sink } from "./sink/sink.ts";
import { operation } from "./suite/operation.ts";
import type { Suite } from "./suite/suite.ts";

const slack = 0.25;
const rounds = 3;
const checked = new Set(["a.main", "a.process", "b.main", "b.process", "b.kernel"]);

/** The operations on Runlight and on the stock SDK alone: nothing else has to be installed. */
const suite: Suite = {
  ...operation,
  plan: (effort) => operation.plan(effort).filter(({ subject }) => subject === "runlight" || subject === "sdk-node"),
};

/** A ratio that fell below what it is held to. */
interface Shortfall {
  readonly ratio: string;
  readonly median: number;
  readonly heldTo: number;
}

/**
 * A short check of ratios against the stock SDK: each is held to its goal, or to what the last full run reached where that is less, with
 * a quarter of slack. What falls short is measured once more before it counts.
 *
 * @returns true when all hold
 */
export async function checkRatios(sink: Sink): Promise<boolean> {
  const reference = readResult(operation.name);
  let shortfalls: readonly Shortfall[] = [];
  for (let attempt = 0; attempt < 2; attempt++) {
    const result = await runSuite(suite, { rounds, isQuick: true, stepsPerUs: 1 }, sink);
    if (result.faults.length > 0) return false;
    shortfalls = shortfallsOf(result, reference);
    if (shortfalls.length === 0) break;
  }
  for (const { ratio, median, heldTo } of shortfalls)
    tell(`${ratio} is ${formatNumber(median)}, it is held to ${formatNumber(heldTo)} or more`);
  return shortfalls.length === 0;
}

function shortfallsOf({ ratios }: SuiteResult, reference: SuiteResult | undefined): readonly Shortfall[] {
  return goals
    .filter(({ ratio }) => checked.has(ratio))
    .flatMap((goal) => {
      const median = ratios[goal.ratio]?.median ?? Number.NaN;
      const heldTo = heldToBy(goal, reference);
      tell(
        `${goal.ratio} ${formatNumber(median)}x, held to ${formatNumber(heldTo)}x; goal ${formatNumber(goal.value, 0)}x`,
      );
      return reaches({ ...goal, value: heldTo }, median) ? [] : [{ ratio: goal.ratio, median, heldTo }];
    });
}

function heldToBy(goal: Goal, reference: SuiteResult | undefined): number {
  const reached = reference?.ratios[goal.ratio]?.median ?? goal.value;
  return Math.min(goal.value, reached) * (1 - slack);
}
