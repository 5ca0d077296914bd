import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseIdentity } from "../process/identity.ts";
import type { ProcessIdentity } from "../process/identity.ts";
import { judgeProcess } from "../process/liveness.ts";
import { listSegments } from "../segment/segment-files.ts";
import { identityFile } from "./create-directory.ts";
import { readLife } from "./life.ts";
import type { Life } from "./life.ts";
import { isSilent } from "./silence.ts";

/** Whether the writer of a spool lives: it does; it closed the spool; it is gone without that; its host is another one and it has fallen silent. */
export type SpoolLife = "ended" | "lost" | "running" | "silent";

/** One spool under a root. */
export interface SpoolListing {
  readonly directory: string;
  readonly identity: ProcessIdentity;
  readonly life: SpoolLife;
  /** Time of the last write, in milliseconds since the epoch. */
  readonly lastWriteMs: number;
  /** Bytes of its segments. */
  readonly sizeBytes: number;
}

/** Every spool under a root, oldest first; what is no spool is passed over. A root that cannot be read holds none. */
export function listSpools(root: string): readonly SpoolListing[] {
  const listings: SpoolListing[] = [];
  for (const directory of spoolDirectories(root)) {
    const listing = listSpool(directory);
    if (listing !== undefined) listings.push(listing);
  }
  return listings;
}

/** The directories under a root that may be spools, oldest first. */
export function spoolDirectories(root: string): readonly string[] {
  try {
    const entries = readdirSync(root, { withFileTypes: true });
    const names = entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
      .map((entry) => entry.name);
    return names.toSorted().map((name) => join(root, name));
  } catch {
    return [];
  }
}

/** Who writes a spool; undefined where that cannot be read. */
export function readIdentity(directory: string): ProcessIdentity | undefined {
  try {
    return parseIdentity(JSON.parse(readFileSync(join(directory, identityFile), "utf8")));
  } catch {
    return undefined;
  }
}

/** One spool; undefined where the directory is none, or vanished. */
export function listSpool(directory: string): SpoolListing | undefined {
  const identity = readIdentity(directory);
  if (identity === undefined) return undefined;
  try {
    const { lastWriteMs, sizeBytes } = measure(directory);
    return { directory, identity, life: lifeOf(directory, identity, lastWriteMs), lastWriteMs, sizeBytes };
  } catch {
    return undefined;
  }
}

function measure(directory: string): { readonly lastWriteMs: number; readonly sizeBytes: number } {
  let lastWriteMs = statSync(join(directory, identityFile)).mtimeMs;
  let sizeBytes = 0;
  for (const segment of listSegments(directory)) {
    const stat = statSync(segment.path, { throwIfNoEntry: false });
    if (stat === undefined) continue;
    lastWriteMs = Math.max(lastWriteMs, stat.mtimeMs);
    sizeBytes += stat.size;
  }
  return { lastWriteMs, sizeBytes };
}

function lifeOf(directory: string, identity: ProcessIdentity, lastWriteMs: number): SpoolLife {
  const life = readLife(directory);
  if (life !== undefined && hasEnded(life)) return "ended";
  if (life?.state === "lost" || life?.state === "recovering") return "lost";
  const judgement = judgeProcess(identity);
  if (judgement.state === "alive") return "running";
  if (judgement.state === "gone") return "lost";
  return isSilent(directory, lastWriteMs) ? "silent" : "running";
}

function hasEnded(life: Life): boolean {
  return life.state === "ended" || life.state === "closed" || (life.state === "recovering" && life.from === "ended");
}
