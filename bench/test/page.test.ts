import { expect, test } from "vitest";
import type { SuiteResult } from "../src/measure/run-suite.ts";
import { renderPage } from "../src/report/page.ts";
import { fillTable } from "../src/report/table.ts";

const spread = (median: number) => ({ min: median, median, max: median });

function resultOf(ratios: Readonly<Record<string, number>>): SuiteResult {
  return {
    suite: "spool",
    measuredAt: "2026-01-02T03:04:05.000Z",
    rounds: 9,
    isQuick: false,
    machine: { processor: "P", cores: 2, memoryGigabytes: 8, system: "Linux", node: "v24.0.0" },
    cells: { append: { appendNs: spread(100) } },
    ratios: Object.fromEntries(Object.entries(ratios).map(([name, value]) => [name, spread(value)])),
    delivered: { append: 1 },
    leftOut: [{ cell: "recovery", reason: "it failed" }],
    faults: [],
  };
}

test("renderPage() has a place for why a goal is out of reach, and none where all are reached", () => {
  const missed = renderPage([resultOf({ "k.append": 151, "k.recovery": 299 })]);
  expect(missed).toContain("### k.append: ");
  expect(missed).toContain("Not profiled yet; what a profile says goes into `bench/shortfalls/k.recovery.md`.");
  expect(renderPage([resultOf({ "k.append": 150, "k.recovery": 300 })])).not.toContain("## Out of reach");
});

test("fillTable() takes all cells where the plan names none, those left out at the end", () => {
  const plan = { title: "Append", columns: [{ figure: "appendNs", title: "ns", digits: 0 }] };
  expect(fillTable(plan, resultOf({})).rows).toEqual([
    ["append", "100 (100–100)"],
    ["recovery", "not measured"],
  ]);
});
