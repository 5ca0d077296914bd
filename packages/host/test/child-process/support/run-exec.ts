import { workflow } from "@runlight/core";
import { ExecError } from "../../../src/child-process/exec-error.ts";
import type { ExecOptions } from "../../../src/child-process/exec-options.ts";
import type { ExecResult } from "../../../src/child-process/exec-result.ts";
import { exec } from "../../../src/child-process/exec.ts";

/** Runs this Node.js with a program text. */
export function execNode(source: string, options: ExecOptions = {}): Promise<ExecResult> {
  return exec(process.execPath, ["--input-type=module", "--eval", source], { name: "node", ...withoutFile(options) });
}

/** Runs a text of the shell. */
export function execShell(source: string, options: ExecOptions = {}): Promise<ExecResult> {
  return exec("sh", ["-c", source], withoutFile(options));
}

/** Keeps no file of a run in the directory of whoever runs the tests, where none is asked for. */
function withoutFile(options: ExecOptions): ExecOptions {
  return options.directory === undefined ? { logFile: false, ...options } : options;
}

/** The error that a command is to end with. */
export async function errorOf(command: Promise<ExecResult>): Promise<ExecError> {
  const result = await command.catch((error: unknown) => error);
  if (result instanceof ExecError) return result;
  throw new Error(`It gave no ExecError but ${JSON.stringify(result)}`);
}

/** Runs `body` in a run whose files are kept in `directory`; gives the run's id besides. */
export async function inRun<T>(body: (runId: string) => Promise<T>): Promise<T> {
  return workflow("nightly", async (operation) => body(operation.run?.id ?? ""));
}
