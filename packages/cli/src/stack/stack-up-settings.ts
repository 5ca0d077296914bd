import type { BuildProgress } from "./go-build.ts";
import type { LocatedProgram } from "./locate-program.ts";
import type { Program, ProgramName } from "./programs.ts";

/** What `up` is asked for. */
export interface StackUpSettings {
  readonly stackRoot: string;
  /** The stack's directory. */
  readonly root: string;
  readonly cacheDirectory: string;
  readonly wanted: readonly ProgramName[];
  /** Default: that of the stack that is there, else 0. */
  readonly portOffset?: number;
  /** File with the URL to which Alertmanager sends. Default: that of the stack that is there, else none. */
  readonly webhookUrlFile?: string;
  /** Flags of Prometheus besides those of every stack. Default: none. */
  readonly prometheusArgs?: readonly string[];
  /** Without it a program that is not there is reported as missing. */
  readonly build: boolean;
  readonly environment: NodeJS.ProcessEnv;
  readonly report: StackUpReport;
}

/** What `up` tells while it works. */
export interface StackUpReport {
  readonly buildStarts: (missing: readonly Program[]) => void;
  readonly buildProgress: (program: Program, progress: BuildProgress) => void;
  readonly waits: (holderPid: number) => void;
  /** A program was found and is being started. */
  readonly starts: (program: Program, located: LocatedProgram) => void;
  /** Something that the user should know and that stops nothing. */
  readonly notes: (line: string) => void;
}
