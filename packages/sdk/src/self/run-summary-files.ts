import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { operationChannels } from "@runlight/core";
import type { RunSummary } from "@runlight/core";
import type { Redactor } from "../redaction/redactor.ts";
import { messageOf } from "./trouble.ts";
import type { Trouble } from "./trouble.ts";

/** What the writer of run summaries needs. */
export interface RunSummaryFilesOptions {
  /** Absolute path of `.runlight`. */
  readonly directory: string;
  readonly redactor: Redactor;
  readonly trouble: Trouble;
}

/** Leaves `runs/<run id>/summary.json` of each run that ends, secrets taken out, until it is stopped. */
export function startRunSummaryFiles({ directory, redactor, trouble }: RunSummaryFilesOptions): { stop(): void } {
  const write = (message: unknown): void => {
    try {
      const summary = redactor.value(message as RunSummary);
      const runDirectory = join(directory, "runs", summary.runId);
      mkdirSync(runDirectory, { recursive: true });
      const path = join(runDirectory, "summary.json");
      // Readers see the whole file or none.
      writeFileSync(`${path}.new`, `${JSON.stringify(summary, undefined, 2)}\n`);
      renameSync(`${path}.new`, path);
    } catch (error) {
      trouble.tell("run summary", `Cannot write a run's summary: ${messageOf(error)}`);
    }
  };
  subscribe(operationChannels.summary, write);
  return { stop: () => void unsubscribe(operationChannels.summary, write) };
}
