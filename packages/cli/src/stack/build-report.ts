import { availableParallelism } from "node:os";
import { estimateBuildSeconds } from "./build-programs.ts";
import type { BuildProgress } from "./go-build.ts";
import type { Program } from "./programs.ts";

const plainIntervalMs = 30_000;
const terminalIntervalMs = 250;

/** Tells people how a build goes: one line that changes on a terminal, a line each half minute elsewhere. */
export interface BuildReport {
  readonly starts: (missing: readonly Program[], cacheDirectory: string) => void;
  readonly progress: (program: Program, progress: BuildProgress) => void;
}

/** Makes the report of one build on a stream. */
export function createBuildReport(stream: NodeJS.WriteStream): BuildReport {
  const fractions = new Map<Program, number>();
  let lastPrintMs = 0;

  const print = (program: Program, text: string, always: boolean): void => {
    const nowMs = Date.now();
    const interval = stream.isTTY ? terminalIntervalMs : plainIntervalMs;
    if (!always && nowMs - lastPrintMs < interval) return;
    lastPrintMs = nowMs;
    const line = `${program.title}: ${text}; ${remaining(fractions)}`;
    stream.write(stream.isTTY && !always ? `\r\u001B[K${line}` : `${stream.isTTY ? "\r\u001B[K" : ""}${line}\n`);
  };

  return {
    starts: (missing, cacheDirectory) => {
      for (const program of missing) fractions.set(program, 0);
      const names = missing.map((program) => `${program.title} ${program.version}`).join(", ");
      const cores = availableParallelism();
      stream.write(
        `Building once into ${cacheDirectory}: ${names}; about ${minutes(estimateBuildSeconds(missing))} on ${cores} cores\n`,
      );
    },
    progress: (program, progress) => {
      switch (progress.phase) {
        case "resolve":
          print(program, "downloading modules", !stream.isTTY);
          break;
        case "compile": {
          const { donePackages, totalPackages } = progress;
          fractions.set(program, donePackages / Math.max(1, totalPackages));
          print(program, `${donePackages} of ${totalPackages} packages`, false);
          break;
        }
        case "done":
          fractions.set(program, 1);
          print(program, `built in ${minutes(progress.durationSeconds)}`, true);
          break;
      }
    },
  };
}

function remaining(fractions: ReadonlyMap<Program, number>): string {
  let seconds = 0;
  for (const [program, fraction] of fractions) seconds += estimateBuildSeconds([program]) * (1 - fraction);
  return seconds < 1 ? "nothing left" : `about ${minutes(Math.round(seconds))} left`;
}

function minutes(seconds: number): string {
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
