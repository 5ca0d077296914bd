import type { SuiteResult } from "../measure/run-suite.ts";
import type { Suite } from "../suite/suite.ts";
import { suites } from "../suites.ts";
import { goalTable } from "./goal-table.ts";
import { pinnedVersions } from "./machine.ts";
import type { Machine } from "./machine.ts";
import { shortfallSection } from "./shortfalls.ts";
import { fillTable, markdownTable } from "./table.ts";

const introduction = `# Performance

What Runlight costs, beside the tools people use today, and what of its goals is reached. This page is written by \`npm run bench\` from what it measured;
\`npm run bench -- --suite NAME\` measures one section anew, and \`npm run bench -- --json NAME\` prints its ratios.

## How it is measured

- Every figure comes from a process of its own, started anew in each round. The order rotates from round to round, so that what the machine does beside
  falls on all alike. A figure is the median of the rounds, with the smallest and the largest in brackets.
- Tools that no goal is judged by, and that stand beside the others, are measured in the first three rounds only.
- A ratio is computed within each round, from processes that ran side by side in time, and then its median is taken. Ratios travel between machines;
  absolute times do not.
- What is emitted is received by another process, which counts spans and log records. Unless a section is about loss, a tool that delivers less than it was
  given fails the measurement: a queue that drops is cheap.
- Processor time is that of the main thread, which the user's program has to itself otherwise, and that of the whole process: garbage collection, worker threads
  and writing to disk. Both include sending everything.
- Runlight writes to its spool on disk and ships from there; the others send from memory.
- Each opponent runs as its guide sets it up, with the versions pinned in \`bench/\`. dd-trace, Logfire and Traceloop come with versions of OpenTelemetry of
  their own, so they are installed apart.`;

/** Writes the page from the results there are. */
export function renderPage(results: readonly SuiteResult[]): string {
  const sections = suites.flatMap((suite) => {
    const result = results.find((candidate) => candidate.suite === suite.name);
    return result === undefined ? [] : [section(suite, result)];
  });
  const shortfalls = shortfallSection(results);
  const versions = [...pinnedVersions()].map(([name, version]) => `${name} ${version}`).join(", ");
  return `${[
    introduction,
    `Versions: ${versions}.`,
    "## Goals",
    "Judged on the medians.",
    markdownTable(goalTable(results)),
    ...sections,
    ...(shortfalls === "" ? [] : [shortfalls]),
  ].join("\n\n")}\n`;
}

function section(suite: Suite, result: SuiteResult): string {
  const tables = suite.tables.map((table) => markdownTable(fillTable(table, result)));
  const notes = [
    ...result.leftOut.map(({ cell, reason }) => `${cell} was not measured: ${firstLine(reason)}.`),
    ...result.faults.filter((fault) => fault.includes("delivered only")).map((fault) => `${fault}.`),
  ];
  return [
    `## ${suite.title}`,
    suite.prose,
    ...tables,
    ...(notes.length === 0 ? [] : [notes.map((note) => `- ${note}`).join("\n")]),
    origin(result),
  ].join("\n\n");
}

function origin({ measuredAt, rounds, machine, suite }: SuiteResult): string {
  return `Suite \`${suite}\`, ${rounds} rounds, ${measuredAt.slice(0, 10)}, ${describe(machine)}.`;
}

function describe({ processor, cores, memoryGigabytes, system, node }: Machine): string {
  return `${cores} cores of ${processor}, ${memoryGigabytes} GB, ${system}, Node.js ${node}`;
}

function firstLine(text: string): string {
  return (text.split("\n", 1)[0] ?? text).replace(/\.$/, "");
}
