import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { goBuildFlags } from "./build-key.ts";
import { isBuilt } from "./program-cache.ts";
import type { Program } from "./programs.ts";

/** How far the build of one program is. */
export type BuildProgress =
  | { readonly phase: "resolve" }
  | { readonly phase: "compile"; readonly donePackages: number; readonly totalPackages: number }
  | { readonly phase: "done"; readonly durationSeconds: number };

/** What one build needs to know. */
export interface GoBuildSettings {
  readonly program: Program;
  readonly stackRoot: string;
  /** Where the executables go; it appears only when all of them are built. */
  readonly outputDirectory: string;
  /** The stack's own Go build and module caches. */
  readonly goCacheDirectory: string;
  /** How many packages are compiled at once. */
  readonly jobs: number;
  readonly timeoutMs: number;
  readonly onProgress: (progress: BuildProgress) => void;
}

/** Gives the environment in which Go builds the stack: reproducible, no other toolchain, caches of its own. */
export function goEnvironment(goCacheDirectory: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    GOTOOLCHAIN: "local",
    GOWORK: "off",
    CGO_ENABLED: "0",
    GOFLAGS: "-trimpath -buildvcs=false -modcacherw",
    GOCACHE: join(goCacheDirectory, "build"),
    GOMODCACHE: join(goCacheDirectory, "mod"),
  };
}

/**
 * Builds one program and gives its folder.
 * Compiler output goes to `<outputDirectory>.log`, which stays when the build fails.
 *
 * @throws Error when Go fails or the time is over; its message names the log.
 */
export async function goBuild(settings: GoBuildSettings): Promise<string> {
  const { program, outputDirectory, onProgress } = settings;
  const startedMs = Date.now();
  const deadlineMs = startedMs + settings.timeoutMs;
  const partial = `${outputDirectory}.partial-${process.pid}`;
  const logPath = `${outputDirectory}.log`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  const log = createWriteStream(logPath);
  const run = (args: readonly string[], onLine: (line: string) => void): Promise<void> =>
    runGo({ settings, args, deadlineMs, onLine, onErrorText: (text) => log.write(text) });

  try {
    onProgress({ phase: "resolve" });
    const packages = program.targets.map((target) => target.goPackage);
    const dependencies = new Set<string>();
    const [modFlag, ...otherFlags] = goBuildFlags(program);
    const tags = otherFlags[0] === "-tags" ? otherFlags.slice(0, 2) : [];
    await run(["list", modFlag ?? "", ...tags, "-deps", ...packages], (line) => dependencies.add(line));

    const totalPackages = dependencies.size;
    let donePackages = 0;
    onProgress({ phase: "compile", donePackages, totalPackages });
    const [only, ...more] = program.targets;
    const output = more.length === 0 ? join(partial, only?.binary ?? "") : `${partial}/`;
    const compile = ["build", "-v", "-p", String(settings.jobs), ...goBuildFlags(program), "-o", output, ...packages];
    await run(compile, (line) => {
      if (dependencies.has(line)) onProgress({ phase: "compile", donePackages: ++donePackages, totalPackages });
    });
    publish(partial, outputDirectory, program);
    await new Promise((resolve) => log.end(resolve));
    rmSync(logPath, { force: true });
    onProgress({ phase: "done", durationSeconds: Math.round((Date.now() - startedMs) / 1000) });
    return outputDirectory;
  } catch (cause) {
    log.end();
    rmSync(partial, { recursive: true, force: true });
    throw new Error(`Cannot build ${program.title} ${program.version}: ${(cause as Error).message}; log: ${logPath}`, {
      cause,
    });
  }
}

interface GoRun {
  readonly settings: GoBuildSettings;
  readonly args: readonly string[];
  readonly deadlineMs: number;
  readonly onLine: (line: string) => void;
  readonly onErrorText: (text: string) => void;
}

async function runGo({ settings, args, deadlineMs, onLine, onErrorText }: GoRun): Promise<void> {
  const child = spawn("go", args, {
    cwd: join(settings.stackRoot, settings.program.moduleDirectory),
    env: goEnvironment(settings.goCacheDirectory),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    child.kill("SIGTERM");
  }, deadlineMs - Date.now());
  createInterface({ input: child.stdout }).on("line", onLine);
  createInterface({ input: child.stderr }).on("line", (line) => {
    onErrorText(`${line}\n`);
    onLine(line);
  });
  try {
    const code = await new Promise<number | null>((resolve, reject) =>
      child.once("error", reject).once("close", resolve),
    );
    if (timedOut) throw new Error(`not ready after ${Math.round(settings.timeoutMs / 1000)} s`);
    if (code !== 0) throw new Error(`go ${args[0] ?? ""} ended with code ${code ?? "none"}`);
  } finally {
    clearTimeout(timer);
  }
}

/** Another process may have finished the same build meanwhile: then its result stands. */
function publish(partial: string, outputDirectory: string, program: Program): void {
  if (isBuilt(outputDirectory, program)) {
    rmSync(partial, { recursive: true, force: true });
    return;
  }
  rmSync(outputDirectory, { recursive: true, force: true });
  renameSync(partial, outputDirectory);
}
