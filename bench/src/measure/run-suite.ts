import { ensureInstalled } from "../install.ts";
import { describeMachine, describeRevision } from "../report/machine.ts";
import type { Machine } from "../report/machine.ts";
import { tell, tellNow } from "../report/progress.ts";
import type { Sink } from "../sink/sink.ts";
import { subjects } from "../subjects.ts";
import type { CellPlan, Effort, Suite } from "../suite/suite.ts";
import { deliveredShare, runCell } from "./cell.ts";
import type { CellResult } from "./cell.ts";
import { roundOf } from "./round.ts";
import { spreadOf } from "./spread.ts";
import type { Spread } from "./spread.ts";

/** What came of a suite. */
export interface SuiteResult {
  readonly suite: string;
  /** RFC 3339. */
  readonly measuredAt: string;
  readonly rounds: number;
  readonly isQuick: boolean;
  /** Commit that was measured; absent outside of a checkout. */
  readonly revision?: string;
  readonly machine: Machine;
  /** Figures by cell and figure, over the rounds. */
  readonly cells: Readonly<Record<string, Readonly<Record<string, Spread>>>>;
  /** Each computed within a round. */
  readonly ratios: Readonly<Record<string, Spread>>;
  /** Smallest share of what a cell sent that arrived. */
  readonly delivered: Readonly<Record<string, number>>;
  /** Cells that were not measured, and why. */
  readonly leftOut: readonly { readonly cell: string; readonly reason: string }[];
  /** What makes the figures unfit for comparison. */
  readonly faults: readonly string[];
}

/** Measures a suite: every cell once in each round, in an order that rotates. A cell that cannot be measured is left out and named. */
export async function runSuite(suite: Suite, effort: Effort, sink: Sink): Promise<SuiteResult> {
  const leftOut: { cell: string; reason: string }[] = [];
  const faults: string[] = [];
  let cells: CellPlan[] = [];
  for (const cell of suite.plan(effort)) {
    const reason = await reasonAgainst(cell);
    if (reason === undefined) cells.push(cell);
    else leftOut.push({ cell: cell.name, reason });
  }
  for (const { cell, reason } of leftOut) tell(`${suite.name}: ${cell} is left out, ${reason}`);

  const rounds: Map<string, CellResult>[] = [];
  const revision = describeRevision();
  const suiteStartedMs = Date.now();
  for (let index = 0; index < effort.rounds; index++) {
    const startedMs = Date.now();
    const results = new Map<string, CellResult>();
    const failed = new Map<string, string>();
    const measure = async (cell: CellPlan): Promise<void> => {
      tellNow(`${suite.name}: round ${index + 1} of ${effort.rounds}, ${cell.name}`);
      try {
        results.set(cell.name, await measureCell(cell, sink));
      } catch (error) {
        failed.set(cell.name, error instanceof Error ? error.message : String(error));
      }
    };
    const first = index % Math.max(1, cells.length);
    const order = [...cells.slice(first), ...cells.slice(0, first)];
    const isConcurrent = ({ regime }: CellPlan): boolean => suite.concurrent?.includes(regime) === true;
    const wanted = order.filter(({ mostRounds = effort.rounds }) => index < mostRounds);
    for (const cell of wanted.filter((cell) => !isConcurrent(cell))) await measure(cell);
    await Promise.all(wanted.filter(isConcurrent).map(measure));
    for (const [cell, reason] of failed) {
      leftOut.push({ cell, reason });
      faults.push(`${cell} failed: ${reason}`);
      tell(`${suite.name}: ${cell} failed and is left out. ${reason}`);
    }
    cells = cells.filter(({ name }) => !failed.has(name));
    rounds.push(results);
    const nowMs = Date.now();
    const leftMs = ((nowMs - suiteStartedMs) / (index + 1)) * (effort.rounds - index - 1);
    tell(
      `${suite.name}: round ${index + 1} of ${effort.rounds} took ${((nowMs - startedMs) / 1000).toFixed(0)} s, ` +
        `the others of it will take ${(leftMs / 60_000).toFixed(1)} min`,
    );
  }

  const delivered: Record<string, number> = {};
  for (const cell of cells) {
    const results = rounds.flatMap((round) => round.get(cell.name) ?? []);
    const smallest = Math.min(...results.map(({ sent, received }) => deliveredShare(sent, received)));
    delivered[cell.name] = smallest;
    if (smallest === 1 || cell.mayLose === true) continue;
    const told =
      results.find(({ sent, received }) => deliveredShare(sent, received) < 1)?.account ?? "it says nothing of it";
    faults.push(`${cell.name} delivered only ${(100 * smallest).toFixed(3)} % of what it sent; ${told}`);
  }
  for (const fault of faults) tell(`${suite.name}: ${fault}`);
  return {
    suite: suite.name,
    measuredAt: new Date().toISOString(),
    rounds: effort.rounds,
    isQuick: effort.isQuick,
    ...(revision === undefined ? {} : { revision }),
    machine: describeMachine(),
    cells: Object.fromEntries(
      cells.map(({ name }) => [name, spreadsOfCell(rounds.flatMap((results) => results.get(name) ?? []))]),
    ),
    ratios: ratiosOf(suite, rounds),
    delivered,
    leftOut,
    faults,
  };
}

async function reasonAgainst({ subject }: CellPlan): Promise<string | undefined> {
  const entry = subjects[subject];
  if (entry === undefined) return `there is no subject ${subject}`;
  const reason = await entry.availability?.();
  return reason ?? (entry.folder === undefined ? undefined : ensureInstalled(entry.folder));
}

async function measureCell(
  { regime, subject, workload = "", settings = {}, flags }: CellPlan,
  sink: Sink,
): Promise<CellResult> {
  return runCell({ regime, subject: subjects[subject]?.module ?? "", workload, settings }, sink, flags);
}

function spreadsOfCell(results: readonly CellResult[]): Record<string, Spread> {
  const names = new Set(results.flatMap(({ figures }) => Object.keys(figures)));
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const spread = spreadOf(
        results.map(({ figures }) => figures[name]).filter((value): value is number => typeof value === "number"),
      );
      return spread === undefined ? [] : [[name, spread] as const];
    }),
  );
}

function ratiosOf(suite: Suite, rounds: readonly ReadonlyMap<string, CellResult>[]): Record<string, Spread> {
  return Object.fromEntries(
    Object.entries(suite.ratios).flatMap(([name, ratio]) => {
      const spread = spreadOf(rounds.flatMap((results) => ratio(roundOf(results)) ?? []));
      return spread === undefined ? [] : [[name, spread] as const];
    }),
  );
}

/** Finds how many steps of the work kernel a microsecond has on this machine. */
export async function calibrate(sink: Sink): Promise<number> {
  const { figures } = await runCell(
    { regime: "calibration", subject: subjects["bare"]?.module ?? "", workload: "", settings: {} },
    sink,
  );
  const { stepsPerUs } = figures;
  if (stepsPerUs === undefined) throw new Error("Cannot measure: the work kernel was not calibrated");
  return stepsPerUs;
}
