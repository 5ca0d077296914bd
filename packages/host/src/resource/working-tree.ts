import type { ChildProcessByStdio } from "node:child_process";
import type { Readable } from "node:stream";

/** Longest that Git may take to look at the files. */
export const lookTimeoutMs = 5000;

/** A look at the working tree that goes on. */
export interface WorkingTreeLook {
  /** True when files that Git knows differ from the commit; `undefined` where Git cannot tell, is not there, or takes too long. Never rejects. */
  readonly isDirty: Promise<boolean | undefined>;
  stop(): void;
}

/**
 * Asks Git whether files around a directory differ from what was committed, without a lock and without what the repository would have run.
 * Starts a process, about 2 ms of this one's time; keeps no process alive. Never throws.
 */
export function lookAtWorkingTree(directory: string, timeoutMs: number = lookTimeoutMs): WorkingTreeLook {
  try {
    return watchStatus(startStatus(directory), timeoutMs);
  } catch {
    // No process or no pipe can be had: then there is nothing to tell.
    return { isDirty: Promise.resolve(undefined), stop() {} };
  }
}

function startStatus(directory: string): ChildProcessByStdio<null, Readable, null> {
  // Not imported: most processes never ask, and each would load it at its start.
  const { spawn } = process.getBuiltinModule("node:child_process");
  const options = ["--no-optional-locks", "-c", "core.fsmonitor=false"];
  return spawn("git", [...options, "status", "--porcelain", "--untracked-files=no", "--ignore-submodules=all"], {
    cwd: directory,
    stdio: ["ignore", "pipe", "ignore"],
    windowsHide: true,
  });
}

function watchStatus(child: ChildProcessByStdio<null, Readable, null>, timeoutMs: number): WorkingTreeLook {
  const { promise: isDirty, resolve } = Promise.withResolvers<boolean | undefined>();
  const end = (answer: boolean | undefined): void => {
    // Told before the kill: on a busy machine Git may be done, and say so, before the signal reaches it.
    resolve(answer);
    child.kill("SIGKILL");
  };
  const stop = (): void => end(undefined);
  child.once("error", () => resolve(undefined));
  const timer = setTimeout(stop, timeoutMs).unref();
  child.once("close", (exitCode) => {
    clearTimeout(timer);
    resolve(exitCode === 0 ? false : undefined);
  });
  // One changed file is enough to know.
  child.stdout.once("data", () => end(true));
  child.unref();
  // The pipe of a child is a socket, which by itself would keep this process alive.
  if (child.stdout instanceof process.getBuiltinModule("node:net").Socket) child.stdout.unref();
  return { isDirty, stop };
}
