import { fileURLToPath } from "node:url";
import { runNode } from "@runlight/testing";
import type { NodeChildResult } from "@runlight/testing";

/** The bin as it is installed. */
export const cliPath: string = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

/** Where and how the command runs. */
export interface CliSurroundings {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the real command line to its end, in UTC unless `env` says otherwise. */
export function runCli(args: readonly string[], { cwd, env = {} }: CliSurroundings): Promise<NodeChildResult> {
  return runNode([cliPath, ...args], { cwd, env: { TZ: "UTC", ...env } });
}
