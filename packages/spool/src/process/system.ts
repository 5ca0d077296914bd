import { readFileSync, readlinkSync } from "node:fs";
import { errorCode } from "./error-code.ts";

/** What the system tells of a process id. */
export type ProcessSighting = { readonly kind: "absent" } | { readonly kind: "present"; readonly startTicks?: string };

/** Looks whether a process id is in use on this host; a process that has died and was not yet collected counts as absent. */
export function sightProcess(pid: number): ProcessSighting {
  const stat = readStat(String(pid));
  if (stat !== undefined) return stat.dead ? { kind: "absent" } : { kind: "present", startTicks: stat.startTicks };
  // No /proc, or one that hides other users' processes (hidepid): a signal that is not sent still tells.
  try {
    process.kill(pid, 0);
    return { kind: "present" };
  } catch (error) {
    return errorCode(error) === "ESRCH" ? { kind: "absent" } : { kind: "present" };
  }
}

/** When this process started, in the system's own ticks; undefined where there is no `/proc`. */
export function ownStartTicks(): string | undefined {
  return readStat("self")?.startTicks;
}

/** Changes with each boot; undefined where the system does not tell. */
export function bootId(): string | undefined {
  return attempt(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());
}

/** The name space of this process's ids: equal ids in two of them are two processes. Undefined where the system does not tell. */
export function pidNamespace(): string | undefined {
  return attempt(() => /\d+/.exec(readlinkSync("/proc/self/ns/pid"))?.[0]);
}

/** `/proc/<pid>/stat`: the name in brackets may itself hold brackets, so the fields count from the last one. Source: proc_pid_stat(5). */
function readStat(pid: string): { readonly dead: boolean; readonly startTicks: string } | undefined {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  if (stat === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const startTicks = fields[19];
  return startTicks === undefined ? undefined : { dead: fields[0] === "Z" || fields[0] === "X", startTicks };
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
