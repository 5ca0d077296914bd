import type { Outcome } from "@runlight/conventions/names";
import { formatBytes, formatDuration } from "@runlight/core";
import type { ExecResult } from "./exec-result.ts";

/** Longest part of the last line of stderr that a message ends with, in UTF-16 units. */
const maxReasonLength = 300;

/**
 * A command that did not end well. Its `name` is `TimeoutError` and `AbortError` where the platform calls such an end so, else `ExecError`.
 */
export class ExecError extends Error {
  /**
   * `ERR_EXIT_CODE`, `ERR_SIGNAL`, `ENOMEM` (killed for want of memory), `ETIMEDOUT`, `ABORT_ERR`; for a command that could not be
   * started the system's code: `ENOENT`, `EACCES`, …
   */
  readonly code: string;
  readonly result: ExecResult;
  /** The result's: what operations it passes through end in. */
  readonly outcome: Outcome;

  constructor(message: string, code: string, result: ExecResult, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name =
      result.cause === "timeout" ? "TimeoutError" : result.cause === "cancellation" ? "AbortError" : "ExecError";
    this.code = code;
    this.result = result;
    this.outcome = result.outcome;
  }
}

/** The error for a command that ran and did not end well; `reason` is what its cancellation was asked with. */
export function endError(executableName: string, result: ExecResult, reason?: unknown): ExecError {
  const [code, what] = describeEnd(result);
  const said = lastLine(result.stderr.tail);
  return new ExecError(`${executableName} ${what}${said === "" ? "" : `: ${said}`}`, code, result, reason);
}

function describeEnd(result: ExecResult): readonly [code: string, what: string] {
  switch (result.cause) {
    case "timeout":
      return ["ETIMEDOUT", `was ended after ${formatDuration(result.durationSeconds)}, as it took too long`];
    case "cancellation":
      return ["ABORT_ERR", "was cancelled"];
    case "out_of_memory": {
      const { peakMemoryBytes } = result;
      const peak = peakMemoryBytes === undefined ? "" : `, having used ${formatBytes(peakMemoryBytes)}`;
      return ["ENOMEM", `was killed by the kernel for want of memory${peak}`];
    }
    case "signal":
      return ["ERR_SIGNAL", `was ended by ${result.signal}`];
    default:
      return ["ERR_EXIT_CODE", `ended with exit code ${result.exitCode}`];
  }
}

function lastLine(text: string): string {
  const line =
    text
      .trimEnd()
      .split(/[\r\n]/u)
      .at(-1)
      ?.trim() ?? "";
  return line.slice(0, maxReasonLength).toWellFormed();
}
