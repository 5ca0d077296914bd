import { CommanderError } from "commander";
import { CommandFault } from "./command-fault.ts";
import { printable } from "./output/printable.ts";

/** Tells an error, a line for each of its faults, and gives the exit code: 1 for a negative answer, 2 for a wrong question. */
export function reportFault(error: unknown, stream: NodeJS.WritableStream): number {
  // Commander has printed its own message, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (isClosedPipe(error)) return 0;
  for (const line of printable(describe(error)).split("\n")) stream.write(`runlight: ${line}\n`);
  if (error instanceof CommandFault) return error.exitCode;
  return isConfigurationFault(error) ? 2 : 1;
}

function describe(error: unknown): string {
  if (error instanceof Error) return error.message === "" ? error.name : error.message;
  return String(error);
}

function isClosedPipe(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EPIPE";
}

// Settings and configuration files report their faults as these two.
function isConfigurationFault(error: unknown): boolean {
  return error instanceof RangeError || error instanceof SyntaxError;
}
