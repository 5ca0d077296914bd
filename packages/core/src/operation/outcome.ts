import type { Outcome } from "@runlight/conventions/names";

/** Codes of errors by which the system refuses, rather than the program fails. */
const systemCodes: ReadonlySet<unknown> = new Set([
  "EDQUOT",
  "EMFILE",
  "ENFILE",
  "ENOMEM",
  "ENOSPC",
  "ERR_MEMORY_ALLOCATION_FAILED",
  "ERR_WORKER_OUT_OF_MEMORY",
]);

/** What an error may say of itself: one that ended well was not thrown. */
const outcomesOfErrors: ReadonlySet<unknown> = new Set<Outcome>(["cancellation", "error", "failure", "timeout"]);

/** The outcome of an operation that threw: the error's own `outcome` where it has one that an error can have, else cancellation, timeout, refusal by the system, or the program's own failure. Never throws. */
export function outcomeOf(thrown: unknown): Outcome {
  try {
    if (typeof thrown !== "object" || thrown === null) return "failure";
    const { name, code, outcome } = thrown as Readonly<Record<string, unknown>>;
    if (outcomesOfErrors.has(outcome)) return outcome as Outcome;
    if (name === "AbortError" || code === "ABORT_ERR") return "cancellation";
    if (name === "TimeoutError") return "timeout";
    return systemCodes.has(code) ? "error" : "failure";
  } catch {
    return "failure";
  }
}

/** True for the outcomes that need nobody's attention. */
export function endedWell(outcome: Outcome): boolean {
  return outcome === "success" || outcome === "skip";
}
