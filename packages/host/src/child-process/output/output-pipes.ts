import { closeSync, constants, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { promisify } from "node:util";

/** One pipe of the system. */
export interface OutputPipe {
  /** What the process writes. */
  readonly readable: Readable;
  /** File descriptor to give to the process; closed by `releaseWriteEnds()`. */
  readonly writeEnd: number;
}

/** Pipes for both streams of a process. */
export interface OutputPipes {
  readonly stdout: OutputPipe;
  readonly stderr: OutputPipe;
  /** To be called when the process has its ends: only then does a pipe end with the process. */
  releaseWriteEnds(): void;
}

const timeoutMs = 5000;

/**
 * Makes pipes, which is what a shell gives a command. What Node.js gives it are sockets: those cannot be opened again as `/dev/stderr`,
 * and writing to one whose reader has left is another error. Node.js makes no pipes itself, so `mkfifo` does, in some milliseconds;
 * `undefined` where it cannot.
 */
export async function openOutputPipes(): Promise<OutputPipes | undefined> {
  // Not imported: most programs start no command, and each would load it at its start.
  const { execFile } = process.getBuiltinModule("node:child_process");
  let directory: string | undefined;
  try {
    directory = mkdtempSync(join(tmpdir(), "runlight-"));
    const paths = [join(directory, "stdout"), join(directory, "stderr")] as const;
    await promisify(execFile)("mkfifo", ["-m", "600", ...paths], { timeout: timeoutMs });
    const stdout = openPipe(paths[0]);
    const stderr = openPipe(paths[1]);
    return {
      stdout,
      stderr,
      releaseWriteEnds() {
        closeSync(stdout.writeEnd);
        closeSync(stderr.writeEnd);
      },
    };
  } catch {
    return undefined;
  } finally {
    if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
  }
}

function openPipe(path: string): OutputPipe {
  const { Socket } = process.getBuiltinModule("node:net");
  // Without waiting for a writer, who then does not wait for a reader.
  const readEnd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writeEnd = openSync(path, constants.O_WRONLY);
  return { readable: new Socket({ fd: readEnd, readable: true, writable: false }), writeEnd };
}
