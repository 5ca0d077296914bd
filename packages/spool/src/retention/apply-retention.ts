import { readdirSync, renameSync, rmSync, statSync, unlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { listSpools } from "../directory/listing.ts";
import type { SpoolListing } from "../directory/listing.ts";
import { listSegments } from "../segment/segment-files.ts";
import type { SegmentFile } from "../segment/segment-files.ts";
import type { Signal, SpoolBounds } from "../settings.ts";
import { findCursor, startPositions } from "../ship/cursor.ts";
import type { CursorPositions } from "../ship/cursor.ts";
import { countUnshipped } from "./unshipped.ts";

/** What retention needs to know. */
export interface RetentionSettings {
  readonly root: string;
  /** The spool of this process. */
  readonly ownDirectory: string;
  /** Its segment that is written to; it and later ones stay. */
  readonly ownSegment: number;
  readonly bounds: SpoolBounds;
  readonly shippedSignals?: readonly Signal[] | undefined;
}

/** What retention deleted. */
export interface RetentionResult {
  /** Records that were deleted before they were shipped. */
  readonly dropped: Readonly<Record<Signal, number>>;
  /** Numbers of the own segments that were deleted. */
  readonly ownSegments: readonly number[];
}

const dayMs = 24 * 60 * 60 * 1000;
const removedPrefix = ".removed-";
/** Making a spool takes milliseconds; what is still unfinished after this was given up. */
const unfinishedAgeMs = 60 * 60 * 1000;

/**
 * Deletes spools of finished processes that are too old, then the oldest of them until all spools fit, then the own oldest segments.
 * Never throws: what cannot be deleted stays. Another process may do the same at the same time.
 */
export function applyRetention(settings: RetentionSettings): RetentionResult {
  const { root, ownDirectory, bounds } = settings;
  const signals = settings.shippedSignals ?? ["traces", "metrics", "logs"];
  const dropped: Record<Signal, number> = { traces: 0, metrics: 0, logs: 0 };
  const count = (directory: string, segments: readonly SegmentFile[]): void =>
    addUnshipped(dropped, directory, segments, signals);
  sweep(root);
  const spools = listSpools(root);
  let totalBytes = spools.reduce((sum, spool) => sum + spool.sizeBytes, 0);
  const finished = spools
    .filter((spool) => spool.directory !== ownDirectory && spool.life !== "running")
    .toSorted(byLastWrite);
  for (const spool of finished) {
    const isTooOld = Date.now() - spool.lastWriteMs > bounds.maxAgeDays * dayMs;
    // A silent process may only have lost its network, so the size of others is no reason to delete what it wrote.
    const isInTheWay = totalBytes > bounds.maxSizeBytes && spool.life !== "silent";
    if ((isTooOld || isInTheWay) && removeSpool(root, spool, count)) totalBytes -= spool.sizeBytes;
  }
  const ownSegments = removeOwnSegments(settings, totalBytes - bounds.maxSizeBytes, count);
  return { dropped, ownSegments };
}

type Count = (directory: string, segments: readonly SegmentFile[]) => void;

function byLastWrite(one: SpoolListing, other: SpoolListing): number {
  return one.lastWriteMs - other.lastWriteMs;
}

/** Removes what earlier retention could not finish, and directories whose making was given up. */
function sweep(root: string): void {
  for (const name of attempt(() => readdirSync(root), [])) {
    const path = join(root, name);
    const isUnfinished = (): boolean => Date.now() - statSync(path).mtimeMs > unfinishedAgeMs;
    if (name.startsWith(removedPrefix) || (name.startsWith(".") && attempt(isUnfinished, false))) remove(path);
  }
}

function removeSpool(root: string, spool: SpoolListing, count: Count): boolean {
  return attempt(() => {
    const removed = join(root, removedPrefix + basename(spool.directory));
    // The rename is what deletes it for every reader at once; of two processes that try, one gets here.
    renameSync(spool.directory, removed);
    count(removed, listSegments(removed));
    remove(removed);
    return true;
  }, false);
}

function removeOwnSegments(settings: RetentionSettings, excessBytes: number, count: Count): readonly number[] {
  const { ownDirectory, ownSegment } = settings;
  const removed: number[] = [];
  let excess = excessBytes;
  for (const segment of attempt(() => listSegments(ownDirectory), [])) {
    if (excess <= 0 || segment.number >= ownSegment) break;
    excess -= attempt(() => {
      const { size } = statSync(segment.path);
      count(ownDirectory, [segment]);
      unlinkSync(segment.path);
      removed.push(segment.number);
      return size;
    }, 0);
  }
  return removed;
}

function addUnshipped(
  dropped: Record<Signal, number>,
  directory: string,
  segments: readonly SegmentFile[],
  signals: readonly Signal[],
): void {
  if (signals.length === 0) return;
  const positions: CursorPositions = attempt(() => findCursor(directory)?.positions, undefined) ?? startPositions;
  const counts = countUnshipped(segments, positions, signals);
  for (const signal of signals) dropped[signal] += counts[signal];
}

function remove(path: string): void {
  attempt(() => rmSync(path, { recursive: true, force: true }), undefined);
}

function attempt<T>(action: () => T, otherwise: T): T {
  try {
    return action();
  } catch {
    return otherwise;
  }
}
