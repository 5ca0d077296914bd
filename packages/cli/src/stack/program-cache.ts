import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { buildKey } from "./build-key.ts";
import type { Program } from "./programs.ts";

/** Gives the folder of the built programs: `runlight/stack` in `XDG_CACHE_HOME`, else in `~/.cache`. */
export function stackCacheDirectory(environment: NodeJS.ProcessEnv = process.env): string {
  const base = environment["XDG_CACHE_HOME"];
  return join(base === undefined || base === "" ? join(homedir(), ".cache") : base, "runlight", "stack");
}

/** Gives the folder in which the executables of this build of a program are, whether or not it was built yet. */
export function programDirectory(cacheDirectory: string, stackRoot: string, program: Program): string {
  return join(cacheDirectory, `${program.name}-${program.version}-${buildKey(stackRoot, program)}`);
}

/** Tells whether every executable of the program is in the folder. */
export function isBuilt(directory: string, program: Program): boolean {
  return program.targets.every((target) => existsSync(join(directory, target.binary)));
}
