import type { ChildProcess, StdioOptions } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import type { ExecSettings } from "./exec-settings.ts";
import { openOutputPipes } from "./output/output-pipes.ts";

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
  const { command, args, cwd, input } = settings;
  // Not imported: most programs start no command, and each would load it at its start.
  const { spawn } = process.getBuiltinModule("node:child_process");
  const pipes = await openOutputPipes();
  const stdin = input === undefined ? settings.stdin : "pipe";
  const stdio: StdioOptions = [stdin, pipes?.stdout.writeEnd ?? "pipe", pipes?.stderr.writeEnd ?? "pipe"];
  try {
    const child = spawn(command, args, { cwd, env: environment, stdio });
    const exited = new Promise<ChildExit>((resolve) => {
      child.once("exit", (code, signal) => resolve({ exitCode: code ?? undefined, signal: signal ?? undefined }));
    });
    await once(child, "spawn");
    const stdout = pipes?.stdout.readable ?? child.stdout;
    const stderr = pipes?.stderr.readable ?? child.stderr;
    if (child.pid === undefined || stdout === null || stderr === null)
      throw new Error("it has no process id or streams");
    // A signal that cannot be sent is no fault: the process has gone.
    child.on("error", () => undefined);
    // A process that ends without reading its input, too.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input);
    return { process: child, pid: child.pid, stdout, stderr, exited };
  } catch (error) {
    pipes?.stdout.readable.destroy();
    pipes?.stderr.readable.destroy();
    throw error;
  } finally {
    pipes?.releaseWriteEnds();
  }
}
