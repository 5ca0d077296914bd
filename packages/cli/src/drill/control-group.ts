import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** A control group that allows its processes little memory. */
export interface ControlGroup {
  readonly path: string;
  /** Removes it, once the kernel has let go of its processes; gives up after five seconds. */
  remove(): Promise<void>;
}

const limitBytes = 64 * 1024 * 1024;
const removeTimeoutMs = 5000;
const pollIntervalMs = 50;

/** Where groups are made, and what limits memory and swap there, for both versions of the kernel's interface. */
const versions = [
  { root: "/sys/fs/cgroup/memory", memory: "memory.limit_in_bytes", swap: "memory.memsw.limit_in_bytes" },
  { root: "/sys/fs/cgroup", memory: "memory.max", swap: "memory.swap.max" },
] as const;

/** Makes a control group of 64 MiB; `undefined` where this user may not, or the kernel does not limit memory by groups. */
export function makeControlGroup(): ControlGroup | undefined {
  for (const { root, memory, swap } of versions) {
    const path = join(root, `runlight-drill-${process.pid}`);
    if (!tryTo(() => mkdirSync(path))) continue;
    if (existsSync(join(path, memory)) && tryTo(() => writeFileSync(join(path, memory), String(limitBytes)))) {
      // Not every kernel counts swap.
      tryTo(() => writeFileSync(join(path, swap), memory === "memory.max" ? "0" : String(limitBytes)));
      return { path, remove: () => remove(path) };
    }
    tryTo(() => rmdirSync(path));
  }
  return undefined;
}

async function remove(path: string): Promise<void> {
  for (const deadlineMs = Date.now() + removeTimeoutMs; Date.now() < deadlineMs; await delay(pollIntervalMs)) {
    if (readProcesses(path) === "" && tryTo(() => rmdirSync(path))) return;
  }
}

function readProcesses(path: string): string {
  try {
    return readFileSync(join(path, "cgroup.procs"), "utf8");
  } catch {
    return "";
  }
}

function tryTo(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}
