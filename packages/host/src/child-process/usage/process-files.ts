import { readFileSync, readdirSync } from "node:fs";

/** What `/proc/<pid>/stat` tells of a process. */
export interface ProcessStat {
  readonly parentPid: number;
  /** Ticks since boot at which it started: tells it from a later process with its number. */
  readonly startTicks: number;
  /** CPU time of its own and of the children it waited for, in seconds. */
  readonly cpuSeconds: number;
  /** The part of the children it waited for. */
  readonly childrenCpuSeconds: number;
}

/** Resident memory of a process, in bytes. */
export interface ProcessMemory {
  readonly nowBytes: number;
  /** Highest since it began to run its program. */
  readonly peakBytes: number;
}

/** Ticks of `/proc` in a second; fixed for what user space sees on every architecture Node.js runs on. */
const ticksPerSecond = 100;

/** Reads `/proc/<pid>/stat`; `undefined` for a process that is gone, and outside Linux. About 10 µs. */
export function readProcessStat(pid: number | "self"): ProcessStat | undefined {
  const text = readOrNothing(`/proc/${pid}/stat`);
  return text === undefined ? undefined : parseProcessStat(text);
}

/** Parses the text of `/proc/<pid>/stat`. The name in it may hold anything, parentheses and spaces too. */
export function parseProcessStat(text: string): ProcessStat | undefined {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const at = (field: number): number => Number(fields[field - 3]);
  if (!Number.isFinite(at(22))) return undefined;
  const childrenTicks = at(16) + at(17);
  return {
    parentPid: at(4),
    startTicks: at(22),
    cpuSeconds: (at(14) + at(15) + childrenTicks) / ticksPerSecond,
    childrenCpuSeconds: childrenTicks / ticksPerSecond,
  };
}

/** Reads resident memory from `/proc/<pid>/status`; `undefined` for one that is gone or ended. About 20 µs. */
export function readProcessMemory(pid: number): ProcessMemory | undefined {
  const text = readOrNothing(`/proc/${pid}/status`);
  const bytes = (name: string): number | undefined => {
    const kibibytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(text ?? "")?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
  };
  const nowBytes = bytes("VmRSS");
  return nowBytes === undefined ? undefined : { nowBytes, peakBytes: bytes("VmHWM") ?? nowBytes };
}

/** Ids of all processes; none outside Linux. */
export function listProcesses(): readonly number[] {
  try {
    return readdirSync("/proc").map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

/** Ids of a process's children; `undefined` where the kernel keeps no such list. */
export function listChildren(pid: number): readonly number[] | undefined {
  const threads = readdirOrNothing(`/proc/${pid}/task`);
  const lists = threads.map((thread) => readOrNothing(`/proc/${pid}/task/${thread}/children`));
  if (lists.every((list) => list === undefined)) return undefined;
  return lists.flatMap((list) => (list ?? "").split(" ").filter(Boolean).map(Number));
}

/** The text of a file, or `undefined` when it cannot be read. */
export function readOrNothing(path: string): string | undefined {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return undefined;
  }
}

function readdirOrNothing(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
