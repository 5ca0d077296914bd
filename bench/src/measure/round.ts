import type { CellResult } from "./cell.ts";

/** What the cells of one round gave. */
export interface Round {
  /** A figure of a cell; `undefined` when it was left out or has no such figure. */
  get(cell: string, figure: string): number | undefined;
  /** How many times the figure of `one` is that of `other`. */
  times(one: string, other: string, figure: string): number | undefined;
}

/** Looks into the results of one round. */
export function roundOf(results: ReadonlyMap<string, CellResult>): Round {
  const get = (cell: string, figure: string): number | undefined => {
    // What is not a number came over the channel as null.
    const value: unknown = results.get(cell)?.figures[figure];
    return typeof value === "number" && Number.isFinite(value) ? value : undefined;
  };
  return {
    get,
    times(one, other, figure) {
      const [dividend, divisor] = [get(one, figure), get(other, figure)];
      return dividend === undefined || divisor === undefined || divisor === 0 ? undefined : dividend / divisor;
    },
  };
}
