import { resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { buildPrograms } from "./build-programs.ts";
import { createBuildReport } from "./build-report.ts";
import { parsePortOffset } from "./ports.ts";
import { isBuilt, programDirectory, stackCacheDirectory } from "./program-cache.ts";
import { programs } from "./programs.ts";
import type { ProgramName } from "./programs.ts";
import { stackDirectories } from "./services.ts";
import { stopStack } from "./stack-down.ts";
import { followLogs, printLogs } from "./stack-logs.ts";
import { findStackRoot } from "./stack-root.ts";
import { readStackStatus } from "./stack-status.ts";
import type { StackStatus } from "./stack-status.ts";
import { startStack } from "./stack-up.ts";
import type { PartUp } from "./stack-up.ts";

/** Exit codes of `runlight stack status`, as service managers use them. */
const statusExitCodes = { running: 0, "half-dead": 1, stopped: 3 } as const;

const names: readonly ProgramName[] = programs.map((program) => program.name);

/** Gives the sub-command `stack`: the Collector, Tempo, Loki, Prometheus and Alertmanager as processes of this machine. */
export function stackCommand(): Command {
  return new Command("stack")
    .description("run the Collector, Tempo, Loki, Prometheus and Alertmanager on this machine")
    .addCommand(upCommand())
    .addCommand(statusCommand())
    .addCommand(logsCommand())
    .addCommand(downCommand())
    .addCommand(buildCommand());
}

interface DirectoryOption {
  readonly data: string;
}

interface UpOptions extends DirectoryOption {
  readonly only: readonly ProgramName[];
  readonly portOffset?: number;
  readonly webhookUrlFile?: string;
  readonly build: boolean;
}

function upCommand(): Command {
  return withDirectory(new Command("up"))
    .description("start what does not run, build what is not there, and wait until all is ready")
    .option("--only <parts>", `some of ${names.join(",")}`, parseParts, names)
    .option("--port-offset <n>", "add n to every port", portOffsetOption)
    .option("--webhook-url-file <file>", "let Alertmanager send to the URL in this file")
    .option("--no-build", "do not build a program that is not there")
    .action(async (options: UpOptions) => {
      const buildReport = createBuildReport(process.stderr);
      const cacheDirectory = stackCacheDirectory();
      const note = (line: string): void => void process.stderr.write(`${line}\n`);
      const { portOffset, webhookUrlFile } = options;
      const parts = await startStack({
        stackRoot: findStackRoot(),
        root: resolve(options.data),
        cacheDirectory,
        wanted: options.only,
        ...(portOffset === undefined ? {} : { portOffset }),
        ...(webhookUrlFile === undefined ? {} : { webhookUrlFile }),
        build: options.build,
        environment: process.env,
        report: {
          buildStarts: (missing) => buildReport.starts(missing, cacheDirectory),
          buildProgress: buildReport.progress,
          waits: (pid) => note(`Waiting for process ${pid}, which works on the same`),
          starts: (program, located) => note(`Starting ${program.title} ${located.version} (${located.executable})`),
          notes: note,
        },
      });
      for (const part of parts) printPart(part);
      if (parts.some((part) => part.problem !== undefined)) process.exitCode = 1;
    });
}

function printPart({ program, outcome, url, problem }: PartUp): void {
  const name = program.title.padEnd(24);
  if (problem === undefined) process.stdout.write(`${name} ${outcome.padEnd(16)} ${url}\n`);
  else process.stderr.write(`${name} ${outcome.padEnd(16)} ${problem}\n`);
}

function statusCommand(): Command {
  return withDirectory(new Command("status"))
    .description("say how each part is; exit code 0 running, 1 half-dead, 3 stopped")
    .option("--json", "print it as JSON")
    .action(async (options: DirectoryOption & { readonly json?: boolean }) => {
      const status = await readStackStatus(resolve(options.data), findStackRoot());
      process.stdout.write(options.json === true ? `${JSON.stringify(status, null, 2)}\n` : formatStatus(status));
      process.exitCode = statusExitCodes[status.state];
    });
}

function formatStatus(status: StackStatus): string {
  const lines = status.parts.map((part) => {
    const process = part.pid === undefined ? "" : `process ${part.pid}`;
    const log = part.state === "ready" || part.state === "stopped" ? "" : `  log: ${part.log}`;
    return `${part.title.padEnd(24)} ${part.state.padEnd(14)} ${(part.version ?? "").padEnd(12)} ${process.padEnd(16)} ${part.url}${log}`;
  });
  return [`The stack in ${status.directory} is ${status.state}`, ...lines, ""].join("\n");
}

function logsCommand(): Command {
  return withDirectory(new Command("logs"))
    .description("print the end of the logs")
    .argument("[parts]", `some of ${names.join(",")}`, parseParts, names)
    .option("-n, --lines <n>", "lines of each part", parseLines, 20)
    .option("-f, --follow", "go on printing")
    .action(
      async (
        parts: readonly ProgramName[],
        options: DirectoryOption & { readonly lines: number; readonly follow?: boolean },
      ) => {
        const directories = stackDirectories(resolve(options.data));
        const print = (line: string): void => void process.stdout.write(`${line}\n`);
        printLogs(directories, parts, options.lines, print);
        if (options.follow !== true) return;
        const interrupted = new AbortController();
        process.once("SIGINT", () => interrupted.abort());
        await followLogs(directories, parts, print, interrupted.signal);
      },
    );
}

function downCommand(): Command {
  return withDirectory(new Command("down"))
    .description("stop every part; data and logs stay")
    .option("--delete-data", "delete what Tempo, Loki, Prometheus, Alertmanager and the Collector's queue hold")
    .action(async (options: DirectoryOption & { readonly deleteData?: boolean }) => {
      const stopped = await stopStack(resolve(options.data), options.deleteData === true);
      for (const { program, end } of stopped) process.stdout.write(`${program.padEnd(14)} ${end}\n`);
      if (stopped.length === 0) process.stdout.write("Nothing runs\n");
    });
}

function buildCommand(): Command {
  return new Command("build")
    .description("build the programs that are not in the cache, and start nothing")
    .option("--only <parts>", `some of ${names.join(",")}`, parseParts, names)
    .option("--jobs <n>", "packages that each build compiles at once", parseLines)
    .action(async (options: { readonly only: readonly ProgramName[]; readonly jobs?: number }) => {
      const report = createBuildReport(process.stderr);
      const cacheDirectory = stackCacheDirectory();
      const wanted = programs.filter((program) => options.only.includes(program.name));
      const stackRoot = findStackRoot();
      const missing = wanted.filter(
        (program) => !isBuilt(programDirectory(cacheDirectory, stackRoot, program), program),
      );
      if (missing.length > 0) report.starts(missing, cacheDirectory);
      const results = await buildPrograms(wanted, {
        stackRoot,
        cacheDirectory,
        ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
        onProgress: report.progress,
        onWait: (pid) => void process.stderr.write(`Waiting for process ${pid}, which builds into the same cache\n`),
      });
      for (const result of results) {
        if ("error" in result) process.stderr.write(`${result.error.message}\n`);
        else process.stdout.write(`${result.directory}\n`);
      }
      if (results.some((result) => "error" in result)) process.exitCode = 1;
    });
}

function withDirectory(command: Command): Command {
  return command.option("--data <directory>", "where the stack keeps its data, logs and state", ".runlight/stack");
}

function parseParts(text: string): readonly ProgramName[] {
  const wanted = text.split(",");
  const unknown = wanted.filter((name) => !names.some((known) => known === name));
  if (unknown.length > 0)
    throw new InvalidArgumentError(`It must be some of ${names.join(",")}, not ${unknown.join(",")}.`);
  return names.filter((name) => wanted.includes(name));
}

function parseLines(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 10_000)
    throw new InvalidArgumentError("It must be a whole number from 1 to 10000.");
  return count;
}

function portOffsetOption(text: string): number {
  try {
    return parsePortOffset(text);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}
