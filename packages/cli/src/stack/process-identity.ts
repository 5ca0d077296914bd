import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** A process that is still the same one only while both numbers agree: ids are used again. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque start time: clock ticks since boot where `/proc` is there, else the text that `ps` prints. */
  readonly startTime: string;
}

/** Gives the identity of a process, or nothing when it is gone or only its exit code is left. */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  const startTime = existsSync("/proc/self/stat") ? startTimeFromProc(pid) : startTimeFromPs(pid);
  return startTime === undefined ? undefined : { pid, startTime };
}

/** Tells whether exactly this process still runs. */
export function isRunning(identity: ProcessIdentity): boolean {
  return identifyProcess(identity.pid)?.startTime === identity.startTime;
}

function startTimeFromProc(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined;
  }
  // The name in parentheses may hold spaces and parentheses itself; the fields count from behind it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const state = fields[0];
  return state === "Z" || state === "X" ? undefined : fields[19];
}

function startTimeFromPs(pid: number): string | undefined {
  try {
    const [state, ...started] = execFileSync("ps", ["-o", "state=,lstart=", "-p", String(pid)], { encoding: "utf8" })
      .trim()
      .split(/\s+/);
    return state === undefined || state.startsWith("Z") ? undefined : started.join(" ");
  } catch {
    return undefined;
  }
}
