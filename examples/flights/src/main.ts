import { access, constants, mkdir } from "node:fs/promises";
import { initTelemetry } from "@runlight/sdk";
import { type FlightFile, openFlightFile } from "./data/flight-file.ts";
import { readOptions } from "./options.ts";
import { createPace } from "./pace.ts";
import { monthlyProcessing } from "./workflow.ts";

const options = readOptions();
const { file, months } = await prepare().catch((error: unknown) => {
  console.error(reasonOf(error));
  process.exit(2);
});

await initTelemetry({ service: "flights", display: "auto" });

const interruption = new AbortController();
process.once("SIGINT", () => interruption.abort());

try {
  await monthlyProcessing({
    file,
    months,
    output: options.output,
    pace: createPace(options.slow, interruption.signal),
    fail: options.fail,
  });
} catch (error) {
  // The run's summary has the error with its stack; without telemetry this line is all there is.
  console.error(`flights: ${reasonOf(error)}`);
  process.exitCode = interruption.signal.aborted ? 130 : 1;
}

/** Looks at everything that can be wrong before the work begins. */
async function prepare(): Promise<{ file: FlightFile; months: readonly string[] }> {
  const file = await openFlightFile(options.data);
  const { months: count = file.months.length, output } = options;
  if (count > file.months.length) {
    throw new RangeError(
      `Cannot process ${count} months: --months must be 1 to ${file.months.length}, as many as ${file.path} has in full`,
    );
  }
  try {
    await mkdir(output, { recursive: true });
    await access(output, constants.W_OK);
  } catch (error) {
    throw new Error(`Cannot write results: --output must be a directory that can be written (${reasonOf(error)})`, {
      cause: error,
    });
  }
  return { file, months: file.months.slice(0, count) };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
