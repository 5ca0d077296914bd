import { existsSync } from "node:fs";
import { join } from "node:path";
import { CommandFault } from "../command-fault.ts";
import type { Invocation } from "../invocation.ts";

/** The answer where nothing was recorded, with the way out. */
export function noRuns({ directory }: Invocation): CommandFault {
  const nested = join(directory, ".runlight");
  const advice = existsSync(nested)
    ? `did you mean --directory ${nested}?`
    : existsSync(directory)
      ? "start one with initTelemetry() and workflow()"
      : "there is no such directory; run a program that calls initTelemetry() and workflow() here, or name another with --directory";
  return new CommandFault(`no runs recorded in ${directory}: ${advice}`, 1);
}
