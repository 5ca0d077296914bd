import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";

/** A child process with a channel for messages. */
export interface Child {
  readonly process: ChildProcess;
  /** The end of what it wrote to stderr. */
  errors(): string;
  kill(): void;
}

/** What to start. */
export interface ChildOptions {
  readonly script: string;
  readonly parameters?: readonly string[];
  /** Options of Node.js and V8, before the script. */
  readonly flags?: readonly string[];
  /** Default: this process's working directory. */
  readonly directory?: string;
  /** Variables besides those every program needs. */
  readonly environment?: Readonly<Record<string, string>>;
}

const living = new Set<ChildProcess>();

/** Starts this Node.js with a script and as little of this environment as it needs: no `OTEL_*` variable of the user's changes a measurement. */
export function startChild({ script, parameters = [], flags = [], directory, environment }: ChildOptions): Child {
  const child = spawn(process.execPath, [...flags, script, ...parameters], {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    env: { ...inheritedEnvironment(), ...environment },
    ...(directory === undefined ? {} : { cwd: directory }),
  });
  living.add(child);
  let errors = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (errors = (errors + text).slice(-4000)));
  child.once("close", () => living.delete(child));
  return { process: child, errors: () => errors.trim(), kill: () => void child.kill("SIGKILL") };
}

/**
 * Runs npm in a directory.
 *
 * @returns what it said first when it failed; `undefined` when it did not
 */
export function runNpm(parameters: readonly string[], directory: string): Promise<string | undefined> {
  // npm is a script on Windows, which only a shell starts.
  const child = spawn("npm", parameters, {
    cwd: directory,
    shell: process.platform === "win32",
    stdio: ["ignore", "ignore", "pipe"],
  });
  living.add(child);
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors = (errors + text).slice(0, 4000)));
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code) => {
      living.delete(child);
      resolve(code === 0 ? undefined : firstErrors(errors) || `npm ended with exit code ${code}`);
    });
  });
}

function firstErrors(text: string): string {
  const lines = text.split("\n").filter((line) => line.startsWith("npm error "));
  return lines
    .slice(0, 2)
    .map((line) => line.slice("npm error ".length))
    .join(", ");
}

/** Kills every child that still lives: for the end of this process, whatever brought it. */
export function killChildren(): void {
  for (const child of living) child.kill("SIGKILL");
}

function inheritedEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return Object.fromEntries(Object.entries({ PATH, HOME, TMPDIR }).filter(([, value]) => value !== undefined));
}
