import { fileURLToPath } from "node:url";
import { runNode, startNode } from "@runlight/testing";
import type { NodeChild, NodeChildResult } from "@runlight/testing";

/** What a program of `test/programs` is run with. */
export interface ProgramOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Options of Node.js itself, before the program. */
  readonly nodeOptions?: readonly string[];
}

/** Runs a program of `test/programs` to its end. */
export function runProgram(name: string, options: ProgramOptions): Promise<NodeChildResult> {
  return runNode(commandOf(name, options), optionsOf(options));
}

/** Starts a program of `test/programs`. */
export function startProgram(name: string, options: ProgramOptions): NodeChild {
  return startNode(commandOf(name, options), optionsOf(options));
}

function commandOf(name: string, { args = [], nodeOptions = [] }: ProgramOptions): string[] {
  return [...nodeOptions, fileURLToPath(new URL(`../programs/${name}`, import.meta.url)), ...args];
}

function optionsOf({ env, cwd }: ProgramOptions): { env?: Readonly<Record<string, string>>; cwd?: string } {
  return { ...(env === undefined ? {} : { env }), ...(cwd === undefined ? {} : { cwd }) };
}

/** The last line a program printed, read as JSON. */
export function lastLine(stdout: string): Record<string, unknown> {
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Record<string, unknown>;
}
