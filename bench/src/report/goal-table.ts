import { goals, reaches } from "../goals.ts";
import type { Goal } from "../goals.ts";
import type { SuiteResult } from "../measure/run-suite.ts";
import { digitsFor, formatNumber, formatSpread } from "./number.ts";
import type { Table } from "./table.ts";

/** The goals that the results speak of, and whether they are reached. */
export function goalTable(results: readonly SuiteResult[]): Table {
  return {
    wordColumns: 2,
    heading: ["goal", "what", "to reach", "median (smallest–largest)", "reached"],
    rows: goals.flatMap((goal) => {
      const result = results.find(({ suite }) => suite === suiteOf(goal));
      if (result === undefined) return [];
      const spread = result.ratios[goal.ratio];
      return [[goal.ratio, goal.what, boundOf(goal), measuredOf(goal, result), verdict(goal, spread?.median)]];
    }),
  };
}

const suitesByLetter: Readonly<Record<string, string>> = {
  a: "operation",
  b: "operation",
  c: "work",
  d: "allocation",
  e: "metrics",
  f: "paced",
  g: "burst",
  h: "blocked",
  i: "logs",
  j: "start",
  k: "spool",
  l: "flights",
  n: "operation",
};

function suiteOf({ ratio }: Goal): string | undefined {
  return suitesByLetter[ratio.slice(0, 1)];
}

function boundOf({ comparison, value, unit }: Goal): string {
  return `${comparison === "atLeast" ? "≥" : "≤"} ${formatNumber(value, Number.isInteger(value) ? 0 : 1)}${unit}`;
}

function measuredOf({ ratio, unit }: Goal, { ratios }: SuiteResult): string {
  const spread = ratios[ratio];
  return spread === undefined ? "not measured" : `${formatSpread(spread, digitsFor(spread.median))}${unit}`;
}

function verdict(goal: Goal, median: number | undefined): string {
  if (median === undefined) return "–";
  return reaches(goal, median) ? "yes" : "no";
}
