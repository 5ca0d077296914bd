import { readFileSync, statfsSync } from "node:fs";
import { freemem, tmpdir, totalmem } from "node:os";
import type { DrillRooms } from "@runlight/dashboards";

const memoryRoomBytes = 1.5 * 1024 ** 3;
const largestMemoryShare = 0.1;
/** Bytes of the disk that a drill fills. */
export const diskRoomBytes: number = 1024 ** 3;

/** What is used of the host now, and what a drill may take: a tenth of the memory and 1.5 GiB at most, and 1 GiB of the disk. */
export function measureRooms(): DrillRooms {
  const { bsize, blocks, bfree, bavail } = statfsSync(tmpdir());
  const used = blocks - bfree;
  // As `df` counts: what is kept for the administrator is neither used nor there.
  const all = used + bavail;
  return {
    memory: {
      usedShare: 1 - freemem() / totalmem(),
      roomShare: Math.min(largestMemoryShare, memoryRoomBytes / totalmem()),
    },
    disk: { usedShare: used / all, roomShare: diskRoomBytes / bsize / all },
  };
}

/** The device that holds the temporary folder, as the kernel names it; `-` where it does not. */
export function temporaryDevice(): string {
  let mounts = "";
  try {
    mounts = readFileSync("/proc/self/mounts", "utf8");
  } catch {
    // No kernel that tells; the disk is not drilled then.
  }
  const folder = `${tmpdir()}/`;
  const inside = mounts
    .split("\n")
    .map((line) => line.split(" "))
    .filter(([, point = "?"]) => folder.startsWith(point === "/" ? "/" : `${point}/`))
    .toSorted(([, left = ""], [, right = ""]) => left.length - right.length);
  return inside.at(-1)?.[0] ?? "-";
}
