import { closeSync, openSync, readSync } from "node:fs";

/** A host with thousands of mounts has a long list; what names the container stands near its beginning. */
const maxReadBytes = 64 * 1024;

/** The id of the container this process is in, or `undefined`: outside Linux, outside a container, or where the kernel hides it. */
export function readContainerId(): string | undefined {
  if (process.platform !== "linux") return undefined;
  return findContainerId(readStart("/proc/self/cgroup"), readStart("/proc/self/mountinfo"));
}

/** Looks in the control groups (version 1), then in the mounts (version 2, where the groups say nothing from inside). */
export function findContainerId(cgroup: string, mountinfo: string): string | undefined {
  const inGroup = /^\d+:[^:]*:.*[/:-]([0-9a-f]{64})(?:\.scope)?$/m.exec(cgroup);
  const inMount = /\/(?:overlay-)?containers\/([0-9a-f]{64})\//.exec(mountinfo);
  return inGroup?.[1] ?? inMount?.[1];
}

function readStart(path: string): string {
  try {
    const file = openSync(path, "r");
    try {
      const buffer = Buffer.alloc(maxReadBytes);
      return buffer.toString("latin1", 0, readSync(file, buffer));
    } finally {
      closeSync(file);
    }
  } catch {
    return "";
  }
}
