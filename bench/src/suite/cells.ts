import type { CellPlan } from "./suite.ts";

/** Makes one cell: what the row is called, what is measured, and what its operations do. */
export type MakeCell = (name: string, subject: string, workload?: string) => CellPlan;

/** A cell that stands beside the others for comparison: no goal is judged by it, so three rounds are enough. */
export function besides(cell: CellPlan): CellPlan {
  return { ...cell, mostRounds: 3 };
}

/** Cells that differ in what is measured, and have the way of measuring in common. */
export function cellsOf(common: Omit<CellPlan, "name" | "subject" | "workload">): MakeCell {
  return (name, subject, workload) => ({
    name,
    subject,
    ...(workload === undefined ? {} : { workload }),
    ...common,
  });
}
