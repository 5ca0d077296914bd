import { listChildren, listProcesses, readProcessStat } from "./process-files.ts";
import type { ProcessStat } from "./process-files.ts";

/** A process and its descendants, as far as they were ever seen. */
export interface ProcessTree {
  /** Looks which of it are alive. On a kernel without lists of children it looks at every process of the machine. */
  look(): ReadonlyMap<number, ProcessStat>;
  /** Ids of all that were ever seen in it. */
  seen(): ReadonlySet<number>;
}

/** Most processes that are followed. */
export const maxTreeProcesses = 4096;

/** Whether the kernel keeps lists of children: not every one is built so. */
let childrenAreListed: boolean | undefined;

/** Follows the process `rootPid`. A descendant whose parent has ended is followed on when it was seen before. */
export function createProcessTree(rootPid: number): ProcessTree {
  const root = readProcessStat(rootPid);
  const started = new Map<number, number>(root === undefined ? [] : [[rootPid, root.startTicks]]);

  function look(): ReadonlyMap<number, ProcessStat> {
    const alive = new Map<number, ProcessStat>();
    for (const [pid, startTicks] of started) {
      const stat = readProcessStat(pid);
      if (stat?.startTicks === startTicks) alive.set(pid, stat);
    }
    const add = (pid: number, stat: ProcessStat | undefined): void => {
      if (stat === undefined || alive.has(pid) || alive.size >= maxTreeProcesses) return;
      alive.set(pid, stat);
      if (started.size < maxTreeProcesses) started.set(pid, stat.startTicks);
    };
    if (alive.size === 0) return alive;
    childrenAreListed ??= listChildren(process.pid) !== undefined;
    if (!childrenAreListed) addByScan(alive, add);
    // What is added while the map is walked through is walked through as well.
    else
      for (const pid of alive.keys()) for (const child of listChildren(pid) ?? []) add(child, readProcessStat(child));
    return alive;
  }

  return { look, seen: () => new Set(started.keys()) };
}

type Add = (pid: number, stat: ProcessStat | undefined) => void;

function addByScan(alive: ReadonlyMap<number, ProcessStat>, add: Add): void {
  const children = new Map<number, [number, ProcessStat][]>();
  for (const pid of listProcesses()) {
    const stat = alive.get(pid) ?? readProcessStat(pid);
    if (stat === undefined) continue;
    const siblings = children.get(stat.parentPid);
    if (siblings === undefined) children.set(stat.parentPid, [[pid, stat]]);
    else siblings.push([pid, stat]);
  }
  for (const pid of alive.keys()) for (const [child, stat] of children.get(pid) ?? []) add(child, stat);
}
