import { closeSync, openSync, readSync, statSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { ProgramName } from "./programs.ts";
import { lastLogLines, logPath } from "./service-process.ts";
import type { StackDirectories } from "./services.ts";

const pollIntervalMs = 300;
const chunkBytes = 64 * 1024;

/** Prints the last lines of each part's log, with the part's name before each line when there are several. */
export function printLogs(
  directories: StackDirectories,
  parts: readonly ProgramName[],
  count: number,
  print: (line: string) => void,
): void {
  for (const part of parts) {
    for (const line of lastLogLines(logPath(directories, part), count)) print(label(parts, part, line));
  }
}

/** Prints what is written to the logs from now on, until the signal is aborted. */
export async function followLogs(
  directories: StackDirectories,
  parts: readonly ProgramName[],
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const followers = parts.map((part) => ({
    part,
    path: logPath(directories, part),
    position: size(logPath(directories, part)),
    rest: "",
  }));
  while (!signal.aborted) {
    for (const follower of followers) {
      // A shorter file is a new one.
      if (size(follower.path) < follower.position) follower.position = 0;
      const text = follower.rest + readFrom(follower.path, follower.position, (bytes) => (follower.position += bytes));
      const lines = text.split("\n");
      follower.rest = lines.pop() ?? "";
      for (const line of lines) print(label(parts, follower.part, line));
    }
    await delay(pollIntervalMs, undefined, { signal }).catch(() => undefined);
  }
}

function label(parts: readonly ProgramName[], part: ProgramName, line: string): string {
  return parts.length === 1 ? line : `${part.padEnd(12)} ${line}`;
}

function size(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function readFrom(path: string, position: number, advance: (bytes: number) => void): string {
  if (size(path) <= position) return "";
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(chunkBytes);
    const bytes = readSync(file, buffer, 0, chunkBytes, position);
    advance(bytes);
    return buffer.toString("utf8", 0, bytes);
  } finally {
    closeSync(file);
  }
}
