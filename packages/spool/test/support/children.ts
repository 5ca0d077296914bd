import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { onTestFinished } from "vitest";

/** A Node process that runs a program given as text; what it needs of this package comes from `dist`. */
export interface Child {
  readonly process: ChildProcess;
  /** The lines it printed so far. */
  readonly lines: string[];
  /** Resolves when it is over, with its exit code or the signal that ended it. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null; readonly stderr: string }>;
}

/** Starts `program`, an ECMAScript module whose arguments are `process.argv.slice(1)`; it is killed when the test ends. */
export function startChild(
  program: string,
  args: readonly string[] = [],
  options: { readonly env?: NodeJS.ProcessEnv; readonly uid?: number } = {},
): Child {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program, ...args], {
    cwd: import.meta.dirname,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...options.env },
    ...(options.uid === undefined ? {} : { uid: options.uid }),
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: string[] = [];
  let rest = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    lines.push(...parts);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = once(child, "close").then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
    stderr,
  }));
  return { process: child, lines, ended };
}
