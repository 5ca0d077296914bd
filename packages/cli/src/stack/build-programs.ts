import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { withLock } from "./exclusive-lock.ts";
import { goBuild } from "./go-build.ts";
import type { BuildProgress } from "./go-build.ts";
import { requireGo } from "./go-toolchain.ts";
import { isBuilt, programDirectory } from "./program-cache.ts";
import type { Program } from "./programs.ts";

/** Two programs at once: while one downloads or links, the other compiles. More gains nothing, Go itself uses all cores. */
const programsAtOnce = 2;
const buildTimeoutMs = 60 * 60_000;
const lockTimeoutMs = 90 * 60_000;

/** What builds a set of programs. */
export interface BuildProgramsSettings {
  readonly stackRoot: string;
  readonly cacheDirectory: string;
  /** Packages compiled at once by each build. Default: the number of cores. */
  readonly jobs?: number;
  /** Keeps the Go caches after success, 11 GB for all programs. Default: `RUNLIGHT_STACK_KEEP_BUILD_CACHE` is set. */
  readonly keepBuildCache?: boolean;
  readonly onProgress: (program: Program, progress: BuildProgress) => void;
  readonly onWait: (holderPid: number) => void;
}

/** The end of one build. */
export type BuildResult =
  | { readonly program: Program; readonly directory: string }
  | { readonly program: Program; readonly error: Error };

/** Estimates the seconds of a cold build of these programs from what was measured on two cores. */
export function estimateBuildSeconds(programs: readonly Program[], jobs: number = availableParallelism()): number {
  const onTwoCores = programs.reduce((sum, program) => sum + program.coldBuildSeconds, 0);
  return Math.round((onTwoCores * 2) / Math.max(1, Math.min(jobs, 8)));
}

/**
 * Builds the programs that are not in the cache, each into its own folder; one failure does not stop the others.
 * One process builds at a time in one cache, another one waits up to 90 minutes for it.
 *
 * @throws Error when something is to be built and Go is missing or too old, or when the wait is over.
 */
export async function buildPrograms(
  programs: readonly Program[],
  settings: BuildProgramsSettings,
): Promise<readonly BuildResult[]> {
  const { stackRoot, cacheDirectory, jobs = availableParallelism() } = settings;
  const keep = settings.keepBuildCache ?? Boolean(process.env["RUNLIGHT_STACK_KEEP_BUILD_CACHE"]);
  const goCacheDirectory = join(cacheDirectory, ".go");
  const known = programs.map((program) => ({
    program,
    directory: programDirectory(cacheDirectory, stackRoot, program),
  }));
  if (known.every(({ program, directory }) => isBuilt(directory, program))) return known;
  await requireGo();

  const body = async (): Promise<readonly BuildResult[]> => {
    removeUnfinished(cacheDirectory);
    const waiting = [...known];
    const results: BuildResult[] = [];
    const lane = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        results.push(await buildOne(next.program, next.directory, goCacheDirectory, { ...settings, jobs }));
      }
    };
    await Promise.all(Array.from({ length: Math.min(programsAtOnce, jobs) }, lane));
    const failed = results.some((result) => "error" in result);
    if (!failed && !keep) rmSync(goCacheDirectory, { recursive: true, force: true });
    return results;
  };
  return withLock(join(cacheDirectory, "build.lock"), { timeoutMs: lockTimeoutMs, onWait: settings.onWait }, body);
}

/** What a killed build left; nobody else builds while the lock is held. */
function removeUnfinished(cacheDirectory: string): void {
  mkdirSync(cacheDirectory, { recursive: true });
  for (const name of readdirSync(cacheDirectory)) {
    if (/\.partial-\d+$/.test(name)) rmSync(join(cacheDirectory, name), { recursive: true, force: true });
  }
}

async function buildOne(
  program: Program,
  directory: string,
  goCacheDirectory: string,
  settings: BuildProgramsSettings & { readonly jobs: number },
): Promise<BuildResult> {
  if (isBuilt(directory, program)) return { program, directory };
  const { stackRoot, jobs, onProgress } = settings;
  try {
    await goBuild({
      program,
      stackRoot,
      outputDirectory: directory,
      goCacheDirectory,
      jobs,
      timeoutMs: buildTimeoutMs,
      onProgress: (progress) => onProgress(program, progress),
    });
    return { program, directory };
  } catch (error) {
    return { program, error: error as Error };
  }
}
