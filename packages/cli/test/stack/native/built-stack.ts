import { join } from "node:path";
import { isBuilt, programDirectory, stackCacheDirectory } from "../../../src/stack/program-cache.ts";
import { programs } from "../../../src/stack/programs.ts";
import type { ProgramName } from "../../../src/stack/programs.ts";
import { findStackRoot } from "../../../src/stack/stack-root.ts";
import { runStack } from "../run-stack.ts";

/** On a new machine the programs are built first, or another process does and this one waits. */
export const buildTimeoutMs = 75 * 60_000;

/** Makes sure that all programs are there; a second when they are. */
export async function buildStack(): Promise<void> {
  const stackRoot = findStackRoot();
  const built = programs.every((program) =>
    isBuilt(programDirectory(stackCacheDirectory(), stackRoot, program), program),
  );
  if (built) return;
  const { exitCode, stderr } = await runStack(["build"], { directory: stackRoot, timeoutMs: buildTimeoutMs });
  if (exitCode !== 0) throw new Error(stderr);
}

/** Gives the path of an executable that was built. */
export function builtExecutable(name: ProgramName, binary: string): string {
  const program = programs.find((program) => program.name === name)!;
  return join(programDirectory(stackCacheDirectory(), findStackRoot(), program), binary);
}
