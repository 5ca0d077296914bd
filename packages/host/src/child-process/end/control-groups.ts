import { join, relative } from "node:path";
import { readOrNothing } from "../usage/process-files.ts";

/** Counts the processes that the kernel killed for want of memory in the control groups of some processes. */
export interface OomKillCounter {
  /** Takes the control group of a process into account, as it is now. */
  watch(pid: number): void;
  /** Kills in these groups since each was first watched; `undefined` where the kernel does not tell. */
  kills(): number | undefined;
}

/** Most groups that are watched. */
const maxGroups = 32;

/** Begins to count. */
export function createOomKillCounter(): OomKillCounter {
  const mounts = readOrNothing("/proc/self/mountinfo") ?? "";
  const groups = new Map<string, { readonly before: number; last: number }>();
  const watchedPids = new Map<number, string>();
  return {
    watch(pid) {
      const text = readOrNothing(`/proc/${pid}/cgroup`) ?? "";
      if (watchedPids.get(pid) === text) return;
      if (watchedPids.size < maxGroups) watchedPids.set(pid, text);
      const file = findOomFile(text, mounts);
      if (file === undefined || groups.has(file) || groups.size >= maxGroups) return;
      const before = readOomKills(file);
      if (before !== undefined) groups.set(file, { before, last: before });
    },
    kills() {
      if (groups.size === 0) return undefined;
      let kills = 0;
      for (const [file, group] of groups) {
        // A group that was removed keeps what was read of it last.
        group.last = readOomKills(file) ?? group.last;
        kills += group.last - group.before;
      }
      return kills;
    },
  };
}

/**
 * The file in which the kernel counts the kills of a control group, from the texts of `/proc/<pid>/cgroup` and `/proc/self/mountinfo`:
 * `memory.oom_control` where version 1 controls memory, else `memory.events` of version 2.
 */
export function findOomFile(cgroup: string, mountinfo: string): string | undefined {
  const first = /^\d+:(?:[^:\n]*,)?memory(?:,[^:\n]*)?:(\/.*)$/m.exec(cgroup)?.[1];
  if (first !== undefined) return locate(first, mountOf(mountinfo, isFirstMemory), "memory.oom_control");
  const second = /^0::(\/.*)$/m.exec(cgroup)?.[1];
  return second === undefined ? undefined : locate(second, mountOf(mountinfo, isSecond), "memory.events");
}

/** The count in the text of such a file. */
export function parseOomKills(text: string): number | undefined {
  const count = /^oom_kill (\d+)$/m.exec(text)?.[1];
  return count === undefined ? undefined : Number(count);
}

interface Mount {
  readonly root: string;
  readonly point: string;
  readonly type: string;
  readonly options: string;
}

function mountOf(mountinfo: string, wanted: (mount: Mount) => boolean): Mount | undefined {
  for (const line of mountinfo.split("\n")) {
    // 36 35 98:0 /root /point options [optional fields] - type source options
    const [left = "", right = ""] = line.split(" - ");
    const [, , , root, point] = left.split(" ");
    const [type, , options] = right.split(" ");
    if (root === undefined || point === undefined || type === undefined || options === undefined) continue;
    const mount = { root: unescape(root), point: unescape(point), type, options };
    if (wanted(mount)) return mount;
  }
  return undefined;
}

function isFirstMemory({ type, options }: Mount): boolean {
  return type === "cgroup" && options.split(",").includes("memory");
}

function isSecond({ type }: Mount): boolean {
  return type === "cgroup2";
}

/** Spaces and the like are written in octal. */
function unescape(text: string): string {
  return text.replaceAll(/\\(\d{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

function locate(path: string, mount: Mount | undefined, name: string): string | undefined {
  const inside = mount === undefined ? ".." : relative(mount.root, path);
  // Outside of what is mounted here, as a container sees the groups of its host.
  if (mount === undefined || path.startsWith("/..") || inside.startsWith("..")) return undefined;
  return join(mount.point, inside, name);
}

function readOomKills(file: string): number | undefined {
  const text = readOrNothing(file);
  return text === undefined ? undefined : parseOomKills(text);
}
