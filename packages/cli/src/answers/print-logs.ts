import { logLevels } from "@runlight/store";
import type { LogEntry, LogLevel, LogQuery } from "@runlight/store";
import { CommandFault } from "../command-fault.ts";
import type { Invocation } from "../invocation.ts";
import { toJsonLine } from "../output/json-output.ts";
import { renderLogEntry } from "../output/log-line.ts";
import { requireSpools } from "./no-runs.ts";
import { openRun } from "./open-run.ts";
import { tellNotices } from "./tell-notices.ts";

/** What `runlight logs` was asked. */
export interface PrintLogsOptions {
  readonly stage?: string;
  readonly level: string;
  readonly search?: string;
  readonly tail?: number;
  readonly json?: boolean;
}

/** Prints the log records of one run. */
export async function printLogs(invocation: Invocation, reference: string, options: PrintLogsOptions): Promise<void> {
  const { output } = invocation;
  const { stage, search, tail } = options;
  const query: LogQuery = {
    level: parseLevel(options.level),
    ...(stage === undefined ? {} : { stage }),
    ...(search === undefined ? {} : { search }),
    ...(tail === undefined ? {} : { tail }),
  };
  requireSpools(invocation);
  const { store, run } = openRun(invocation, reference);
  const entries = store.logs(run, query);
  if (options.json === true) {
    await output.write(`{\n  "runId": ${toJsonLine(run.runId)},\n  "workflow": ${toJsonLine(run.workflow)},\n`);
    await writeArray(invocation, entries);
    await output.write(`  "notices": ${toJsonLine(store.notices())}\n}\n`);
  } else {
    for (const entry of entries) await output.write(renderLogEntry(entry, output.colour));
  }
  await output.flush();
  tellNotices(invocation, store);
}

async function writeArray({ output }: Invocation, entries: Iterable<LogEntry>): Promise<void> {
  let separator = "\n";
  await output.write('  "records": [');
  for (const entry of entries) {
    await output.write(`${separator}    ${toJsonLine(entry)}`);
    separator = ",\n";
  }
  await output.write(separator === "\n" ? "],\n" : "\n  ],\n");
}

function parseLevel(text: string): LogLevel {
  const level = logLevels.find((known) => known === text.toLowerCase());
  if (level !== undefined) return level;
  throw new CommandFault(`--level must be one of ${logLevels.join(", ")}, current value is ${text}`, 2);
}
