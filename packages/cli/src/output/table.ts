import { styleText } from "node:util";
import { printableLine } from "./printable.ts";
import { type CellStyle, styleCell } from "./style.ts";
import type { TextOutput } from "./text-output.ts";

/** One column of a table. */
export interface Column<Row> {
  readonly title: string;
  readonly text: (row: Row) => string;
  readonly align?: "left" | "right";
  /** May be cut with `…` where the terminal is too narrow. */
  readonly flexible?: boolean;
  /** May be left out, the last one first, where the terminal is too narrow for cut columns. */
  readonly optional?: boolean;
  readonly style?: (row: Row) => CellStyle | undefined;
}

const gap = "  ";
const narrowest = 8;

/**
 * Rows as aligned text, a line each, below a line of titles.
 *
 * On a terminal optional columns are left out and flexible ones cut to fit its width; elsewhere every cell is whole.
 */
export function renderTable<Row>(
  allColumns: readonly Column<Row>[],
  rows: readonly Row[],
  output: Pick<TextOutput, "colour" | "width">,
): string {
  const columns = chooseColumns(allColumns, rows, output.width);
  const cells = rows.map((row) => columns.map((column) => printableLine(column.text(row))));
  const widths = fit(columns, naturalWidths(columns, cells), output.width);
  const titles = line(
    columns.map((column, index) => pad(column.title, widths[index] ?? 0, column.align)),
    (text) => (output.colour ? styleText("dim", text, { validateStream: false }) : text),
  );
  const body = cells.map((row, rowIndex) =>
    line(
      row.map((cell, index) => pad(cell, widths[index] ?? 0, columns[index]?.align)),
      (text, index) => {
        const source = rows[rowIndex];
        const style = source === undefined ? undefined : columns[index]?.style?.(source);
        return output.colour && style !== undefined ? styleCell(text, style) : text;
      },
    ),
  );
  return [titles, ...body].join("");
}

function chooseColumns<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  available: number | undefined,
): readonly Column<Row>[] {
  if (available === undefined) return columns;
  const dispensable = columns.findLastIndex(({ optional }) => optional === true);
  const cells = rows.map((row) => columns.map((column) => printableLine(column.text(row))));
  const least = naturalWidths(columns, cells).map((width, index) =>
    columns[index]?.flexible === true ? Math.min(width, narrowest) : width,
  );
  if (dispensable < 0 || total(least) <= available) return columns;
  return chooseColumns(columns.toSpliced(dispensable, 1), rows, available);
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, gap.length * (widths.length - 1));
}

function naturalWidths<Row>(columns: readonly Column<Row>[], cells: readonly (readonly string[])[]): number[] {
  return columns.map((column, index) =>
    cells.reduce((width, row) => Math.max(width, textWidth(row[index] ?? "")), column.title.length),
  );
}

function fit<Row>(
  columns: readonly Column<Row>[],
  natural: readonly number[],
  available: number | undefined,
): number[] {
  const widths = [...natural];
  if (available === undefined) return widths;
  let excess = total(widths) - available;
  while (excess > 0) {
    const widest = widths.reduce(
      (best, width, index) => (columns[index]?.flexible === true && width > (widths[best] ?? narrowest) ? index : best),
      -1,
    );
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess -= 1;
  }
  return widths;
}

function line(cells: readonly string[], style: (text: string, index: number) => string): string {
  const last = cells.length - 1;
  return `${cells.map((cell, index) => style(index === last ? cell.trimEnd() : cell, index)).join(gap)}\n`;
}

function pad(text: string, width: number, align: "left" | "right" = "left"): string {
  const cut = textWidth(text) > width ? `${[...text].slice(0, width - 1).join("")}…` : text;
  const filling = " ".repeat(width - textWidth(cut));
  return align === "left" ? cut + filling : filling + cut;
}

function textWidth(text: string): number {
  return [...text].length;
}
