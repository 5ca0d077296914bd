import type { Outcome } from "@runlight/conventions/names";

/** Why a child process ended. */
export type EndCause = "cancellation" | "exit" | "not_started" | "out_of_memory" | "signal" | "timeout";

/** What is known when a child process has ended. */
export interface ChildEndFacts {
  readonly exitCode: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  /** Why it was asked to end, when it was; `outside` by a signal passed on, or by the reader of its output leaving. */
  readonly asked: "cancellation" | "outside" | "timeout" | undefined;
  /** True when the kernel killed it, or one of its descendants, for want of memory; asked only where that may be. */
  readonly outOfMemory: () => boolean;
}

/** Cause and outcome of an end. */
export interface ChildEnd {
  readonly cause: EndCause;
  readonly outcome: Outcome;
}

/** Signals by which a program dies of its own fault. */
const crashes: ReadonlySet<string> = new Set([
  "SIGABRT",
  "SIGBUS",
  "SIGFPE",
  "SIGILL",
  "SIGPIPE",
  "SIGSEGV",
  "SIGSYS",
  "SIGTRAP",
]);

/** What a shell gives for a command that was killed by SIGKILL. */
const killedExitCode = 137;

/** Judges how a child process ended. */
export function judgeEnd({ exitCode, signal, asked, outOfMemory }: ChildEndFacts): ChildEnd {
  if (asked === "timeout") return { cause: "timeout", outcome: "timeout" };
  if (asked === "cancellation") return { cause: "cancellation", outcome: "cancellation" };
  if (exitCode === 0) return { cause: "exit", outcome: "success" };
  if (asked === "outside") return { cause: "cancellation", outcome: "cancellation" };
  if ((signal === "SIGKILL" || exitCode === killedExitCode) && outOfMemory())
    return { cause: "out_of_memory", outcome: "error" };
  if (signal === undefined) return { cause: "exit", outcome: "failure" };
  return { cause: "signal", outcome: crashes.has(signal) ? "failure" : "error" };
}
