import { goals, reaches } from "./goals.ts";
import { runSuite } from "./measure/run-suite.ts";
import type { SuiteResult } from "./measure/run-suite.ts";
import { formatNumber } from "./report/number.ts";
import { tell } from "./report/progress.ts";
import { readResult } from "./report/results.ts";
import type { Sink } from "./sink/sink.ts";
import { operation } from "./suite/operation.ts";
import type { Effort, Suite } from "./suite/suite.ts";

const slack = 0.25;
const effort: Effort = { rounds: 3, isQuick: false, stepsPerUs: 1 };
/** Shorter than in a full run, and long enough for our code to be warm: in a short trial the ratios are a third less. */
const windows = { warmUpMs: 800, measureMs: 250 };

/** What is checked, and the cells it needs: operations on Runlight and on the stock SDK alone. Nothing else has to be installed. */
const checked: readonly { readonly ratios: readonly string[]; readonly cells: readonly string[] }[] = [
  { ratios: ["a.main", "a.process"], cells: ["Runlight span", "sdk-node span"] },
  { ratios: ["b.main", "b.process"], cells: ["Runlight stage", "sdk-node by hand, stage"] },
  { ratios: ["b.kernel"], cells: ["Runlight kernel", "sdk-node by hand, kernel"] },
];

/** A ratio and what it is held to. */
export interface Holding {
  readonly ratio: string;
  /** Median of the rounds; not a number when it was not measured. */
  readonly median: number;
  readonly heldTo: number;
}

/**
 * A short check of ratios against the stock SDK: each is held to its goal, or, where the last full run did not reach that, to the worst of
 * its rounds, with a quarter of slack. What falls short is measured once more before it counts. Takes less than a minute.
 *
 * @returns true when all hold
 */
export async function checkRatios(sink: Sink): Promise<boolean> {
  const reference = readResult(operation.name)?.ratios ?? {};
  let wanted = checked;
  for (let attempt = 0; attempt < 2 && wanted.length > 0; attempt++) {
    const suite = suiteOf(wanted.flatMap(({ cells }) => cells));
    const result = await runSuite(suite, effort, sink);
    if (result.faults.length > 0 || result.leftOut.length > 0) return false;
    const held = wanted.flatMap(({ ratios }) => ratios.map((ratio) => holdingOf(ratio, result.ratios, reference)));
    for (const { ratio, median, heldTo } of held)
      tell(`${ratio} is ${formatNumber(median)}x, it is held to ${formatNumber(heldTo)}x or more`);
    wanted = wanted.filter(({ ratios }) => held.some((one) => ratios.includes(one.ratio) && !holds(one)));
  }
  return wanted.length === 0;
}

/** Tells whether a ratio is what it is held to, or more. */
export function holds({ median, heldTo }: Holding): boolean {
  return median >= heldTo;
}

/** What a measured ratio is held to: a quarter less than its goal, or, where the last full run did not reach that, than the worst of its rounds. */
export function holdingOf(ratio: string, measured: SuiteResult["ratios"], reference: SuiteResult["ratios"]): Holding {
  const goal = goals.find((one) => one.ratio === ratio);
  const reached = reference[ratio];
  const isReached = goal !== undefined && reached !== undefined && reaches(goal, reached.median);
  const full = (isReached ? undefined : reached?.min) ?? goal?.value ?? 0;
  return { ratio, median: measured[ratio]?.median ?? Number.NaN, heldTo: full * (1 - slack) };
}

function suiteOf(cells: readonly string[]): Suite {
  return {
    ...operation,
    plan: (of) =>
      operation
        .plan(of)
        .filter(({ name }) => cells.includes(name))
        .map((cell) => ({ ...cell, settings: { ...cell.settings, ...windows } })),
  };
}
