import { fileURLToPath } from "node:url";
import { InvalidArgumentError, Option, program } from "commander";

/** Stages of the workflow, in the order in which they run. */
export const stageNames = ["index", "load", "validate", "aggregate", "fit", "write", "data-quality"] as const;

/** Name of a stage of the workflow. */
export type StageName = (typeof stageNames)[number];

/** What the command line asks for. */
export interface FlightsOptions {
  /** Months to process, from the first; `undefined` for all. */
  readonly months: number | undefined;
  /** Stage that is to fail. */
  readonly fail: StageName | undefined;
  /** Go so slowly that the run can be watched. */
  readonly slow: boolean;
  readonly data: string;
  readonly output: string;
}

/** Reads the command line; prints help or what is wrong with it and ends the process with 0 or 2. */
export function readOptions(): FlightsOptions {
  return program
    .name("flights")
    .description(
      "Processes three million US flights of 2001 month by month: load, validate, aggregate, fit a delay model, write.",
    )
    .option("--months <count>", "process only the first <count> months", wholeNumber)
    .addOption(
      new Option("--fail <stage>", "make a stage fail, to see what a failing run looks like").choices(stageNames),
    )
    .option("--slow", "take about a minute, to watch the run", false)
    .addOption(new Option("--data <file>", "parquet file of flights").default(flightsOfVega(), "that of vega-datasets"))
    .option("--output <directory>", "where a directory for each run is made", "artifacts/flights")
    .showHelpAfterError("Run it with --help to see all options.")
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .parse()
    .opts<FlightsOptions>();
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError("It must be a whole number from 1.");
  return number;
}

/** The package offers no export for its data files: they lie beside its code. */
function flightsOfVega(): string {
  return fileURLToPath(new URL("../data/flights-3m.parquet", import.meta.resolve("vega-datasets")));
}
