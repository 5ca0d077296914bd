import type { SuiteResult } from "../measure/run-suite.ts";
import type { TablePlan } from "../suite/suite.ts";
import { formatSpread } from "./number.ts";

/** A table's heading and rows, as texts. */
export interface Table {
  /** Leading columns of words; the others hold numbers. Default 1. */
  readonly wordColumns?: number;
  readonly heading: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Fills a table of a suite; a cell that was left out says so. */
export function fillTable(plan: TablePlan, result: SuiteResult): Table {
  return {
    heading: [plan.title, ...plan.columns.map(({ title }) => title)],
    rows: (plan.cells ?? cellsIn(result)).map((cell) => {
      const figures = result.cells[cell];
      if (figures === undefined) return [cell, ...plan.columns.map(() => "not measured")];
      return [
        cell,
        ...plan.columns.map(({ figure, digits }) => {
          const spread = figures[figure];
          return spread === undefined ? "–" : formatSpread(spread, digits);
        }),
      ];
    }),
  };
}

function cellsIn({ cells, leftOut }: SuiteResult): readonly string[] {
  return [...new Set([...Object.keys(cells), ...leftOut.map(({ cell }) => cell)])];
}

/** A table in Markdown: numbers to the right. */
export function markdownTable({ heading, rows, wordColumns = 1 }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const rule = heading.map((_, index) => (index < wordColumns ? "---" : "---:"));
  return [line(heading), line(rule), ...rows.map(line)].join("\n");
}

/** A table for a terminal: columns aligned. */
export function plainTable({ heading, rows, wordColumns = 1 }: Table): string {
  const widths = heading.map((title, column) =>
    Math.max(...[title, ...rows.map((row) => row[column] ?? "")].map(({ length }) => length)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((text, column) =>
        column < wordColumns ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd();
  return [line(heading), ...rows.map(line)].join("\n");
}
