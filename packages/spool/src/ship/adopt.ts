import { readLife } from "../directory/life.ts";
import { spoolDirectories } from "../directory/listing.ts";
import type { SegmentDamage } from "../frame/frame.ts";
import { ownMark } from "../process/identity.ts";
import { isSameProcess, judgeProcess } from "../process/liveness.ts";
import { ownerToken, parseOwnerToken } from "../process/owner-token.ts";
import type { Signal } from "../settings.ts";
import { findCursor, startPositions, takeCursor, writeCursor } from "./cursor.ts";
import type { CursorPositions, FoundCursor } from "./cursor.ts";
import { ShipSource, bytesBehind } from "./ship-source.ts";

/** So many spools are shipped beside each other; the others wait. */
const maxAdopted = 8;

/** What adoption needs to know. */
export interface AdoptSettings {
  readonly root: string;
  /** Signals that are shipped. */
  readonly signals: readonly Signal[];
  /** Directories to leave alone: the own spool, and what is adopted already. */
  readonly except: ReadonlySet<string>;
  readonly onDamage: (damage: SegmentDamage) => void;
}

/** What was found. */
export interface Adoption {
  readonly sources: readonly ShipSource[];
  /** Spools with something to ship whose process lives, or cannot be judged from here. */
  readonly skipped: readonly string[];
}

/** Takes over what processes that are gone left unshipped. Recovery comes first: a spool whose life is open is not adopted. Never throws. */
export function adoptSpools(settings: AdoptSettings): Adoption {
  const sources: ShipSource[] = [];
  const skipped: string[] = [];
  for (const directory of spoolDirectories(settings.root)) {
    if (sources.length >= maxAdopted) break;
    if (settings.except.has(directory)) continue;
    const source = attempt(() => adopt(directory, settings));
    if (source === "skipped") skipped.push(directory);
    else if (source !== undefined) sources.push(source);
  }
  return { sources, skipped };
}

function adopt(directory: string, { signals, onDamage }: AdoptSettings): ShipSource | "skipped" | undefined {
  const cursor = findCursor(directory);
  const positions = cursor?.positions ?? startPositions;
  if (isShipped(directory, positions, signals)) return undefined;
  const state = readLife(directory)?.state;
  const isOver = state === "closed" || state === "lost";
  const owner = ownerToken(ownMark());
  if (!isOver || !claim(directory, cursor, owner)) return "skipped";
  return new ShipSource({ directory, owner, positions, isLive: false, onDamage });
}

function claim(directory: string, cursor: FoundCursor | undefined, owner: string): boolean {
  if (cursor === undefined) {
    writeCursor(directory, owner, startPositions);
    return true;
  }
  const mark = parseOwnerToken(cursor.owner);
  if (mark !== undefined && isSameProcess(mark, ownMark())) return true;
  const isFree = mark === undefined || judgeProcess(mark).state === "gone";
  return isFree && takeCursor(directory, cursor.owner, owner);
}

/** True when nothing of these signals is left behind the cursor. */
export function isShipped(directory: string, positions: CursorPositions, signals: readonly Signal[]): boolean {
  return signals.every((signal) => bytesBehind(directory, positions[signal]) === 0);
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
