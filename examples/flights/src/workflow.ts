import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { workflow } from "@runlight/sdk";
import { checkAccount } from "./account.ts";
import { groupDelays } from "./data/delay-groups.ts";
import type { FlightFile } from "./data/flight-file.ts";
import { loadFlights } from "./data/load-flights.ts";
import { indexMonths, type MonthRows } from "./data/month-index.ts";
import { log } from "./log.ts";
import { fitDelayModel } from "./model/fit-delay-model.ts";
import type { StageName } from "./options.ts";
import type { Pace } from "./pace.ts";
import { createStep, type Step } from "./step.ts";
import { validateFlights } from "./validate-flights.ts";
import { writeMonth } from "./write-month.ts";

/** What a run is to do. */
export interface MonthlyProcessingSettings {
  readonly file: FlightFile;
  /** Months to process: some or all of those that the file covers. */
  readonly months: readonly string[];
  /** A directory named after the run is made in it. */
  readonly output: string;
  readonly pace: Pace;
  /** Stage that is to fail. */
  readonly fail: StageName | undefined;
}

interface MonthSettings {
  readonly file: FlightFile;
  readonly step: Step;
  readonly pace: Pace;
  readonly directory: string;
}

const stagesPerMonth = 5;
const hours = Array.from({ length: 24 }, (_, hour) => String(hour));

/**
 * The workflow: finds the months in the file, processes one after the other, and accounts for every row at the end.
 *
 * @throws what a stage throws; an AbortError when `pace` was interrupted.
 */
export async function monthlyProcessing(settings: MonthlyProcessingSettings): Promise<void> {
  const { file, months, output, pace, fail } = settings;
  await workflow("monthly-processing", async (run) => {
    const step = createStep(run, { total: 2 + months.length * stagesPerMonth, pace, fail });
    const directory = join(output, run.run?.id ?? "");
    await mkdir(directory, { recursive: true });

    const index = await step("index", undefined, () => indexMonths(file));
    let processed = 0;
    for (const rows of index.filter(({ month }) => months.includes(month))) {
      processed += await processMonth(rows, { file, step, pace, directory });
    }

    await step("data-quality", undefined, async (stage) => {
      // Rows of months that the file does not cover: few, but not to be lost without a word.
      let remainder = 0;
      for (const rows of index.filter(({ month }) => !file.months.includes(month))) {
        remainder += (await loadFlights(file, rows, pace)).count;
        log.warn(`${rows.rowEnd - rows.rowStart} flights of ${rows.month} belong to no complete month`);
      }
      stage.count(remainder, "row");
      const leftOut = index.filter(({ month }) => file.months.includes(month) && !months.includes(month));
      checkAccount({ inFile: file.rowCount, processed, remainder, leftOut: sumRows(leftOut) });
    });
  });
}

/** Takes one month through its stages; gives the number of its flights. */
async function processMonth(rows: MonthRows, { file, step, pace, directory }: MonthSettings): Promise<number> {
  const { month } = rows;
  const flights = await step("load", month, async (load) => {
    const total = rows.rowEnd - rows.rowStart;
    const loaded = await loadFlights(file, rows, async (done) => {
      load.progress({ done, total, unit: "row" });
      await pace();
    });
    load.count(loaded.count, "row");
    return loaded;
  });

  await step("validate", month, () => validateFlights(flights));

  const groups = await step("aggregate", month, () => ({
    airports: groupDelays(flights.delayMinutes, flights.airports, (i) => flights.origin[i] ?? 0),
    hours: groupDelays(flights.delayMinutes, hours, (i) => Math.floor((flights.minuteOfDay[i] ?? 0) / 60)),
  }));

  const model = await step("fit", month, (fit) =>
    fitDelayModel(flights, async (iteration) => {
      fit.progress({ done: iteration, unit: "iteration" });
      await pace();
    }),
  );

  await step("write", month, () => writeMonth(directory, { month, ...groups, model }));
  return flights.count;
}

function sumRows(index: readonly MonthRows[]): number {
  return index.reduce((sum, { rowStart, rowEnd }) => sum + rowEnd - rowStart, 0);
}
