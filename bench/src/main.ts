// npm run bench: see --help.
import { checkRatios } from "./check.ts";
import { help, readCommandLine } from "./command-line.ts";
import type { Command } from "./command-line.ts";
import { removeDirectories } from "./measure/cell.ts";
import { killChildren } from "./measure/children.ts";
import { calibrate, runSuite } from "./measure/run-suite.ts";
import type { SuiteResult } from "./measure/run-suite.ts";
import { goalTable } from "./report/goal-table.ts";
import { describeRevision } from "./report/machine.ts";
import { tell } from "./report/progress.ts";
import { readResult, writeResult } from "./report/results.ts";
import { fillTable, plainTable } from "./report/table.ts";
import { startSink } from "./sink/sink.ts";
import type { Sink } from "./sink/sink.ts";
import type { Suite } from "./suite/suite.ts";
import { suites } from "./suites.ts";

async function main(): Promise<number> {
  const command = readCommandLine(process.argv.slice(2));
  if (command.action === "help") {
    process.stdout.write(help);
    return 0;
  }
  const sink = startSink();
  try {
    return command.action === "check" ? Number(!(await checkRatios(sink))) : await measure(command, sink);
  } finally {
    sink.stop();
  }
}

async function measure(command: Command, sink: Sink): Promise<number> {
  const effort = { ...command, stepsPerUs: await calibrate(sink) };
  const results: SuiteResult[] = [];
  const chosen = suites.filter(({ name }) => command.suites.includes(name));
  for (const [index, suite] of chosen.entries()) {
    const earlier = command.isResumed ? readResult(suite.name) : undefined;
    if (earlier !== undefined && isOf(earlier, command.rounds)) {
      tell(`${suite.name} was measured at ${earlier.measuredAt}`);
      results.push(earlier);
      continue;
    }
    tell(`${suite.name}, suite ${index + 1} of ${chosen.length}`);
    const result = await runSuite(suite, effort, sink);
    results.push(result);
    if (command.action === "json") process.stdout.write(`${JSON.stringify(summaryOf(result))}\n`);
    else print(suite, result);
    if (command.action === "measure" && !command.isQuick) writeResult(result);
  }
  if (command.action === "measure") process.stdout.write(`\n${plainTable(goalTable(results))}\n`);
  return results.some(({ faults }) => faults.length > 0) ? 1 : 0;
}

/** Whether a result is of this commit, and of as many rounds. */
function isOf({ revision, rounds }: SuiteResult, wantedRounds: number): boolean {
  return revision !== undefined && revision === describeRevision() && rounds >= wantedRounds;
}

function print(suite: Suite, result: SuiteResult): void {
  const tables = suite.tables.map((table) => plainTable(fillTable(table, result)));
  process.stdout.write(`\n${suite.title}\n\n${tables.join("\n\n")}\n`);
}

function summaryOf({ suite, rounds, ratios, delivered, leftOut, faults }: SuiteResult): object {
  return { suite, rounds, ratios, delivered, leftOut, faults };
}

for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const) {
  process.once(signal, () => process.exit(code));
}
process.once("exit", () => {
  killChildren();
  removeDirectories();
});

try {
  process.exitCode = await main();
} catch (error) {
  tell(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
