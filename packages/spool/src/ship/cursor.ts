import { closeSync, openSync, readdirSync, readFileSync, renameSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Signal } from "../settings.ts";

/** How far into a spool a signal was shipped: the next frame to look at. */
export interface Position {
  readonly segment: number;
  readonly offset: number;
}

/** How far each signal was shipped. */
export type CursorPositions = Readonly<Record<Signal, Position>>;

/** A cursor file that was found. */
export interface FoundCursor {
  /** Token of the process that ships the spool. */
  readonly owner: string;
  readonly positions: CursorPositions;
}

const prefix = "cursor.";
/** A cursor is padded to this, so that one can be written over another. */
const sizeBytes = 256;
const start: Position = { segment: 1, offset: 0 };

/** Nothing was shipped yet. */
export const startPositions: CursorPositions = { traces: start, metrics: start, logs: start };

/** Whether `one` stands before `other`. */
export function isBefore(one: Position, other: Position): boolean {
  return one.segment < other.segment || (one.segment === other.segment && one.offset < other.offset);
}

/** Makes the cursor file of `owner`, or replaces it at once. Throws what the system throws. */
export function writeCursor(directory: string, owner: string, positions: CursorPositions): void {
  const path = join(directory, prefix + owner);
  const temporary = join(directory, `.${prefix}${owner}`);
  writeFileSync(temporary, encode(positions));
  renameSync(temporary, path);
}

/**
 * Writes over the cursor file of `owner`, which somebody else goes by only when its owner is gone: one write within a page, which a kill does not
 * cut in two. Replacing the file costs a hundred times that. Throws what the system throws.
 */
export function updateCursor(directory: string, owner: string, positions: CursorPositions): void {
  let file: number;
  try {
    file = openSync(join(directory, prefix + owner), "r+");
  } catch {
    writeCursor(directory, owner, positions);
    return;
  }
  try {
    writeSync(file, encode(positions), 0);
  } finally {
    closeSync(file);
  }
}

/** The cursor of a spool; undefined where there is none. A damaged one says that nothing was shipped. */
export function findCursor(directory: string): FoundCursor | undefined {
  const name = readdirSync(directory).find((entry) => entry.startsWith(prefix));
  if (name === undefined) return undefined;
  return { owner: name.slice(prefix.length), positions: readPositions(join(directory, name)) };
}

/** Takes a cursor over from a process that is gone; false when another one was faster. */
export function takeCursor(directory: string, from: string, to: string): boolean {
  try {
    renameSync(join(directory, prefix + from), join(directory, prefix + to));
    return true;
  } catch {
    return false;
  }
}

function encode(positions: CursorPositions): string {
  return `${JSON.stringify(positions).padEnd(sizeBytes - 1)}\n`;
}

function readPositions(path: string): CursorPositions {
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, "utf8"));
    const positions = parsed as Readonly<Partial<Record<string, unknown>>> | null;
    return {
      traces: position(positions?.["traces"]),
      metrics: position(positions?.["metrics"]),
      logs: position(positions?.["logs"]),
    };
  } catch {
    return startPositions;
  }
}

function position(value: unknown): Position {
  const { segment, offset } = (value ?? {}) as Readonly<Partial<Record<string, unknown>>>;
  const isPosition =
    Number.isSafeInteger(segment) && Number.isSafeInteger(offset) && Number(segment) >= 1 && Number(offset) >= 0;
  return isPosition ? { segment: Number(segment), offset: Number(offset) } : start;
}
