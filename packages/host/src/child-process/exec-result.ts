import type { Outcome } from "@runlight/conventions/names";
import type { EndCause } from "./end/child-end.ts";

/** What a command wrote to one of its streams. */
export interface CapturedOutput {
  /** The last 64 KiB of it: all of it where `sizeBytes` is no more. */
  readonly tail: string;
  readonly sizeBytes: number;
  readonly lines: number;
  /** Lines that are no log records, as they came too fast. */
  readonly unrecordedLines: number;
}

/** How a command ended and what it cost. */
export interface ExecResult {
  readonly command: string;
  readonly args: readonly string[];
  /** `success` for exit code 0, `failure` for another or a crash, `timeout`, `cancellation`, and `error` when it was killed from outside. */
  readonly outcome: Outcome;
  readonly cause: EndCause;
  /** `undefined` when a signal ended it, or it never began. */
  readonly exitCode: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  /** `undefined` when it never began. */
  readonly pid: number | undefined;
  readonly durationSeconds: number;
  readonly stdout: CapturedOutput;
  readonly stderr: CapturedOutput;
  /** Absolute path of the file with its output. */
  readonly logFile: string | undefined;
  /** Bytes of its output that the file does not hold. */
  readonly logFileDroppedBytes: number;
  /** CPU time of it and its descendants, in seconds, on Linux: exact to 10 ms while it ran alone under this process, else as last sampled. */
  readonly cpuTimeSeconds: number | undefined;
  /** Highest resident memory of it and its descendants together, in bytes, as sampled, on Linux; pages they share count for each. */
  readonly peakMemoryBytes: number | undefined;
  /** Processes the kernel killed for want of memory in its control groups while it ran; `undefined` where the kernel does not tell. */
  readonly oomKills: number | undefined;
}

/** What is known of a command that never began. */
export const nothingCaptured: CapturedOutput = { tail: "", sizeBytes: 0, lines: 0, unrecordedLines: 0 };
