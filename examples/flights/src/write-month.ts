import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { recordArtifact } from "@runlight/sdk";
import type { DelayGroup } from "./data/delay-groups.ts";
import { terms } from "./model/design.ts";
import type { DelayModel } from "./model/fit-delay-model.ts";

/** What a month comes to. */
export interface MonthResults {
  readonly month: string;
  readonly airports: readonly DelayGroup[];
  readonly hours: readonly DelayGroup[];
  readonly model: DelayModel;
}

/**
 * Writes a month's results into `directory` and records them as artifacts of the run.
 *
 * @throws the file system's error when a file cannot be written.
 */
export async function writeMonth(directory: string, { month, airports, hours, model }: MonthResults): Promise<void> {
  await writeArtifact(join(directory, `${month}-airports.csv`), toCsv("airport", airports));
  await writeArtifact(join(directory, `${month}-hours.csv`), toCsv("hour", hours));
  const coefficients = Object.fromEntries(terms.map((term, i) => [term, model.coefficients[i]]));
  await writeArtifact(
    join(directory, `${month}-model.json`),
    `${JSON.stringify({ month, ...model, coefficients }, undefined, 2)}\n`,
  );
}

/** Writes one file and records it as an artifact of the run. */
export async function writeArtifact(path: string, text: string): Promise<void> {
  await writeFile(path, text);
  await recordArtifact(path);
}

function toCsv(keyName: string, groups: readonly DelayGroup[]): string {
  const rows = groups.map(({ key, flights, meanMinutes, lateShare }) => [
    key,
    flights,
    meanMinutes.toFixed(2),
    lateShare.toFixed(4),
  ]);
  return [[keyName, "flights", "mean_delay_minutes", "late_share"], ...rows]
    .map((row) => `${row.join(",")}\n`)
    .join("");
}
