import type { Round } from "../measure/round.ts";

/** Numbers that a run of the benchmark is made with. */
export interface Effort {
  readonly rounds: number;
  /** True for a short trial: windows are shorter and figures rougher. */
  readonly isQuick: boolean;
  /** Steps of the work kernel in a microsecond on this machine. */
  readonly stepsPerUs: number;
}

/** One measurement of a suite, repeated in every round. */
export interface CellPlan {
  /** Unique within its suite; the first column of the tables. */
  readonly name: string;
  readonly regime: string;
  /** Name in `subjects`. */
  readonly subject: string;
  readonly workload?: string;
  readonly settings?: Readonly<Record<string, number>>;
  readonly flags?: readonly string[];
  /** Rounds after which it is enough: no goal is judged by it. Default: all. */
  readonly mostRounds?: number;
  /** True where losing something is what is measured; default false: a loss is a fault of the measurement. */
  readonly mayLose?: boolean;
}

/** A column of a table: one figure of the cells. */
export interface Column {
  readonly figure: string;
  readonly title: string;
  /** Default 2. */
  readonly digits?: number;
}

/** A table of a suite: some of its cells. */
export interface TablePlan {
  readonly title: string;
  /** Default: all. */
  readonly cells?: readonly string[];
  readonly columns: readonly Column[];
}

/** A question and how it is measured. */
export interface Suite {
  readonly name: string;
  readonly title: string;
  /** What is done and how to read it, for the page. */
  readonly prose: string;
  plan(effort: Effort): readonly CellPlan[];
  readonly tables: readonly TablePlan[];
  /** Ratios and goals' figures of one round; `undefined` where a cell was left out. */
  readonly ratios: Readonly<Record<string, (round: Round) => number | undefined>>;
  /** Cells of these regimes run side by side: they mostly sleep. */
  readonly concurrent?: readonly string[];
}
