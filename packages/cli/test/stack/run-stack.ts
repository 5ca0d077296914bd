import { fileURLToPath } from "node:url";
import { runNode } from "@runlight/testing";
import type { NodeChildResult } from "@runlight/testing";
import type { StackStatus } from "../../src/stack/stack-status.ts";

const main = fileURLToPath(new URL("stack-main.ts", import.meta.url));

/** Where and with what a test runs `stack`. */
export interface StackRun {
  readonly directory: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

/** Runs `stack …` in a process of its own. */
export function runStack(
  args: readonly string[],
  { directory, env = {}, timeoutMs = 180_000 }: StackRun,
): Promise<NodeChildResult> {
  const { XDG_CACHE_HOME: cache } = process.env;
  const inherited = cache === undefined ? {} : { XDG_CACHE_HOME: cache };
  return runNode([main, ...args], { cwd: directory, env: { ...inherited, ...env }, timeoutMs });
}

/** Reads what `stack status --json` says. */
export async function readStatus(
  run: StackRun,
): Promise<{ readonly exitCode: number | null; readonly status: StackStatus }> {
  const { stdout, exitCode } = await runStack(["status", "--json"], run);
  return { exitCode, status: JSON.parse(stdout) as StackStatus };
}
