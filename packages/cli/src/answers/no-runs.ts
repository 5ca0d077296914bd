import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { CommandFault } from "../command-fault.ts";
import type { Invocation } from "../invocation.ts";

/** Throws `CommandFault` where there is no directory of spools, or it cannot be read. */
export function requireSpools(invocation: Invocation): void {
  try {
    readdirSync(invocation.spoolRoot);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw noRuns(invocation);
    const message = `cannot read ${invocation.spoolRoot}: it must be a directory that can be listed, the system answered ${code}`;
    throw new CommandFault(message, 1);
  }
}

/** The answer where nothing was recorded, with the way out. */
export function noRuns({ directory }: Invocation): CommandFault {
  return new CommandFault(`no runs recorded in ${directory}: ${advice(directory)}`, 1);
}

function advice(directory: string): string {
  const nested = join(directory, ".runlight");
  if (existsSync(nested)) return `did you mean --directory ${nested}?`;
  const start = "start one with `initTelemetry()` and `workflow()`";
  return existsSync(directory) ? start : `there is no such directory; ${start}, or name another with --directory`;
}
