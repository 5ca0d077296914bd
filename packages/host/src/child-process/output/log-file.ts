import type { FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import { METRIC_RUNLIGHT_PROCESS_LOG_FILE_DROPPED } from "@runlight/conventions/names";
import { countMetric } from "@runlight/core";

/** Where a process's output is kept. */
export type LogFilePlace =
  | { readonly path: string }
  /** The first of `<name>-1.log`, `<name>-2.log`, … in the directory that is not there yet. */
  | { readonly directory: string; readonly name: string };

/** A file that takes a process's output as it comes. */
export interface LogFile {
  /** Resolves with its path when it is there, with `undefined` when it cannot be made. Never rejects. */
  readonly opened: Promise<string | undefined>;
  /** Bytes it does not hold. */
  readonly droppedBytes: number;
  /** Why it does not hold them, where the system refused. */
  readonly fault: string | undefined;
  /** Resolves when the bytes are written, in the order of the calls. Never rejects. */
  write(chunk: Buffer): Promise<void>;
  close(): Promise<void>;
}

/** Most files of one name in one directory. */
const maxFiles = 100_000;

/** The number to try next, by directory and name; forgotten when there are too many. */
const nextNumbers = new Map<string, number>();
const maxNextNumbers = 1000;

/** Makes a file that its owner alone may read and that holds at most `maxSizeBytes`; one that cannot be made drops what it is given. */
export function createLogFile(place: LogFilePlace, maxSizeBytes: number): LogFile {
  let sizeBytes = 0;
  let droppedBytes = 0;
  let fault: string | undefined;
  const failed = (error: unknown): undefined => {
    fault ??= error instanceof Error ? error.message : String(error);
  };
  const opening = openFile(place).catch(failed);
  let last: Promise<unknown> = opening;

  async function writeNow(chunk: Buffer): Promise<void> {
    const file = await opening;
    const kept = fault === undefined ? chunk.subarray(0, maxSizeBytes - sizeBytes) : chunk.subarray(0, 0);
    droppedBytes += chunk.length - kept.length;
    if (kept.length === 0) return;
    try {
      await file?.handle.appendFile(kept);
      sizeBytes += kept.length;
    } catch (error) {
      droppedBytes += kept.length;
      failed(error);
    }
  }
  return {
    opened: opening.then((file) => file?.path),
    get droppedBytes() {
      return droppedBytes;
    },
    get fault() {
      return fault;
    },
    write(chunk) {
      const written = last.then(() => writeNow(chunk));
      last = written;
      return written;
    },
    async close() {
      await last;
      const file = await opening;
      if (droppedBytes > 0) countMetric(METRIC_RUNLIGHT_PROCESS_LOG_FILE_DROPPED, droppedBytes, {});
      if (droppedBytes > 0 && fault === undefined)
        await file?.handle.appendFile(`\n[${droppedBytes} more bytes: the file holds ${maxSizeBytes}]\n`).catch(failed);
      await file?.handle.close().catch(failed);
    },
  };
}

async function openFile(place: LogFilePlace): Promise<{ readonly handle: FileHandle; readonly path: string }> {
  // Not imported: most programs start no command, and each would load it at its start.
  const { mkdir, open } = process.getBuiltinModule("node:fs/promises");
  const mode = 0o600;
  if ("path" in place) {
    await mkdir(dirname(place.path), { recursive: true });
    return { handle: await open(place.path, "w", mode), path: place.path };
  }
  await mkdir(place.directory, { recursive: true });
  const key = join(place.directory, place.name);
  for (let number = nextNumbers.get(key) ?? 1; number <= maxFiles; number += 1) {
    const path = `${key}-${number}.log`;
    try {
      // Exclusive: another process may run the same pipeline in the same run.
      const handle = await open(path, "wx", mode);
      if (nextNumbers.size >= maxNextNumbers) nextNumbers.clear();
      nextNumbers.set(key, number + 1);
      return { handle, path };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
  throw new RangeError(`Cannot keep output: ${key}-<n>.log must be at most ${maxFiles} files`);
}

/** A name of an operation as part of a file's name. */
export function fileNameOf(name: string): string {
  const safe = name.replaceAll(/[^\w.-]+/gu, "_").slice(0, 100);
  return safe.replaceAll(/^[._-]+|[._-]+$/gu, "") || "output";
}
