import type { OperationOptions } from "@runlight/core";
import type { EnvironmentChanges } from "./child-environment.ts";
import type { LineSeverity } from "./output/line-recorder.ts";

/** How a command is run and what is kept of it. */
export interface ExecOptions extends OperationOptions {
  /** Kind of the operation around it. Default `pipeline`. */
  readonly kind?: "pipeline" | "stage";
  /** Name of the operation. Default: the command's file name. */
  readonly name?: string;
  /** Working directory. Default: this process's. */
  readonly cwd?: string;
  /** Variables to add to this process's; `undefined` takes one away. Trace and baggage are added besides. */
  readonly env?: EnvironmentChanges;
  /** Written to its stdin, which then ends. */
  readonly input?: Uint8Array | string;
  /** Where its stdin comes from without `input`: nowhere (default), or this process's own. */
  readonly stdin?: "ignore" | "inherit";
  /** It and its descendants are ended after this time, in milliseconds. Default: none. */
  readonly timeoutMs?: number;
  /** Ends it and its descendants when it is aborted. */
  readonly signal?: AbortSignal;
  /** Milliseconds from the signal that asks it to end to the one that makes it. Default 5,000. */
  readonly killDelayMs?: number;
  /** Passes on signals that this process gets while the command runs; this process then does not end by them. Default false. */
  readonly forwardSignals?: boolean;
  /** Writes its output to this process's stdout and stderr as well, byte by byte, at their readers' pace. Default false. */
  readonly echo?: boolean;
  /** Severity of the log records of stderr. Default `INFO`: much of what programs write there is no warning. */
  readonly stderrSeverity?: LineSeverity;
  /** Lines a second that become log records, 1 to 100,000, with ten seconds' worth at once. Default 500. */
  readonly maxLinesPerSecond?: number;
  /** Bytes a second of those, 1 KiB to 64 MiB, with ten seconds' worth at once. Default 256 KiB. */
  readonly maxLineBytesPerSecond?: number;
  /** File that takes the output as it comes, replaced where it is there; `false` for none. Default: `<directory>/runs/<run id>/<name>-<n>.log` within a run. */
  readonly logFile?: string | false;
  /** Directory of `.runlight`. Default: `RUNLIGHT_DIRECTORY`, else `.runlight` in the working directory of this process. */
  readonly directory?: string;
  /** Bytes of the output that the file holds, 0 or more. Default 256 MiB. */
  readonly maxLogFileBytes?: number;
  /** Puts the command's arguments on the span, secrets and all. Default false. */
  readonly recordArguments?: boolean;
  /** False: a command that does not end well gives its result instead of an `ExecError`. Default true. */
  readonly reject?: boolean;
}
