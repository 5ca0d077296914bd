import { resolve } from "node:path";
import type { Command } from "commander";
import { printable } from "./output/printable.ts";
import { createTextOutput } from "./output/text-output.ts";
import type { TextOutput } from "./output/text-output.ts";

/** What a command needs of its surroundings. */
export interface Invocation {
  /** Absolute path of `.runlight`. */
  readonly directory: string;
  /** Absolute path of the directory of all spools. */
  readonly spoolRoot: string;
  /** Where the answer goes. */
  readonly output: TextOutput;
  /** Prints one line beside the answer, on stderr. */
  readonly tell: (message: string) => void;
}

/** The surroundings of a command that was just parsed. */
export function invocationOf(command: Command): Invocation {
  const { directory } = command.optsWithGlobals<{ directory?: string }>();
  // An empty variable is as good as none.
  const path = resolve(directory || ".runlight");
  return {
    directory: path,
    spoolRoot: resolve(path, "spool"),
    output: createTextOutput(process.stdout),
    tell: (message) => void process.stderr.write(`runlight: ${printable(message)}\n`),
  };
}
