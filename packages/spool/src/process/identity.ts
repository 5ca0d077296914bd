import { hostname } from "node:os";
import { bootId, ownStartTicks, pidNamespace } from "./system.ts";

/** What tells one process from every other, on this host and elsewhere. */
export interface ProcessMark {
  readonly pid: number;
  /** The system's own mark of its start (`/proc/<pid>/stat`, field 22); absent where there is no `/proc`. */
  readonly startTicks?: string;
  /** Changes with each boot of the host; absent where the system does not tell. */
  readonly bootId?: string;
  /** The process ids' name space; absent where the system does not tell. */
  readonly pidNamespace?: string;
  readonly hostName: string;
}

/** Who writes a spool: enough to tell later whether that process still lives. */
export interface ProcessIdentity extends ProcessMark {
  /** When the process started, RFC 3339. */
  readonly startedAt: string;
  readonly serviceName: string;
}

/** Describes this process, as the writer of a spool. */
export function describeProcess(serviceName: string): ProcessIdentity {
  return { ...ownMark(), startedAt: new Date(Date.now() - process.uptime() * 1000).toISOString(), serviceName };
}

let mark: ProcessMark | undefined;

/** What tells this process from every other. */
export function ownMark(): ProcessMark {
  // A forked child runs this module anew, so what was read once stays true.
  mark ??= present({
    pid: process.pid,
    startTicks: ownStartTicks(),
    bootId: bootId(),
    pidNamespace: pidNamespace(),
    hostName: hostname(),
  });
  return mark;
}

function present(found: { readonly [K in keyof Required<ProcessMark>]: ProcessMark[K] | undefined }): ProcessMark {
  const { pid = 0, hostName = "", startTicks, bootId: boot, pidNamespace: space } = found;
  return {
    pid,
    hostName,
    ...(startTicks === undefined ? {} : { startTicks }),
    ...(boot === undefined ? {} : { bootId: boot }),
    ...(space === undefined ? {} : { pidNamespace: space }),
  };
}

/** Reads what `JSON.parse` made of an identity; undefined where it is none. */
export function parseIdentity(value: unknown): ProcessIdentity | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const {
    pid,
    startTicks,
    bootId: boot,
    pidNamespace: space,
    hostName,
    startedAt,
    serviceName,
  } = value as Readonly<Record<string, unknown>>;
  if (
    typeof pid !== "number" ||
    typeof hostName !== "string" ||
    typeof startedAt !== "string" ||
    typeof serviceName !== "string"
  )
    return undefined;
  return {
    ...present({ pid, hostName, startTicks: text(startTicks), bootId: text(boot), pidNamespace: text(space) }),
    startedAt,
    serviceName,
  };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
