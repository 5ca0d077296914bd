/** Who writes a spool: enough to tell later whether that process still lives. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When the process started, RFC 3339. */
  readonly startedAt: string;
  /** The system's own mark of that start (`/proc/<pid>/stat`, field 22); absent where there is no `/proc`. */
  readonly startTicks?: string;
  /** Changes with each boot of the host; absent where the system does not tell. */
  readonly bootId?: string;
  /** The process ids' name space; absent where the system does not tell. */
  readonly pidNamespace?: string;
  readonly hostName: string;
  readonly serviceName: string;
}

/** Describes this process, as the writer of a spool. */
export function describeProcess(serviceName: string): ProcessIdentity {
  void serviceName;
  throw new Error("not built yet");
}
