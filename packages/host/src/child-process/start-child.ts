import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import type { ExecSettings } from "./exec-settings.ts";

/** How a process ended, as the system tells it. */
export interface ChildExit {
  readonly exitCode: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
}

/** A command that runs. */
export interface StartedChild {
  readonly process: ChildProcess;
  readonly pid: number;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Resolves when it has ended; descendants may still write. */
  readonly exited: Promise<ChildExit>;
}

/** Starts the command. Rejects with the system's error when it cannot be started. */
export async function startChild(settings: ExecSettings, environment: NodeJS.ProcessEnv): Promise<StartedChild> {
  const { command, args, cwd, input, stdin } = settings;
  const child = spawn(command, args, {
    cwd,
    env: environment,
    stdio: [input === undefined ? stdin : "pipe", "pipe", "pipe"],
  });
  const exited = new Promise<ChildExit>((resolve) => {
    child.once("exit", (exitCode, signal) => resolve({ exitCode: exitCode ?? undefined, signal: signal ?? undefined }));
  });
  await once(child, "spawn");
  const { pid, stdout, stderr } = child;
  if (pid === undefined || stdout === null || stderr === null)
    throw new Error(`Cannot run ${command}: it has no streams`);
  // A signal that cannot be sent is no fault: the process has gone.
  child.on("error", () => undefined);
  // A process that ends without reading its input, too.
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(input);
  return { process: child, pid, stdout, stderr, exited };
}
