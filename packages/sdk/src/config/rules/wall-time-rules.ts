import type { Rule } from "./rule.ts";

/** Signals that a program can be asked by to checkpoint; the rest mean something else to Node.js or to the system. */
const checkpointSignals = ["SIGUSR2", "SIGUSR1", "SIGHUP", "SIGXCPU", "SIGALRM", "SIGURG"] as const;

/** A signal that asks a program to checkpoint. */
export type CheckpointSignal = (typeof checkpointSignals)[number];

/** Name of a signal; as text in any case of letters. */
export const checkpointSignal: Rule<CheckpointSignal> = {
  text: `one of ${checkpointSignals.join(", ")}`,
  accept: (value) => checkpointSignals.find((signal) => signal === value),
  parse: (text) => checkpointSignal.accept(text.toUpperCase()),
};

// A number that is a Unix time in seconds, mistaken for one in milliseconds, would be long past.
const earliestMs = 100_000_000_000;
const rfc3339 = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/iu;

/** A moment, as Unix time in milliseconds. */
export const time: Rule<number> = {
  text: "a time (RFC 3339, or Unix time in milliseconds)",
  accept(value) {
    if (typeof value === "string") return rfc3339.test(value) ? moment(Date.parse(value)) : undefined;
    if (value instanceof Date) return moment(value.getTime());
    return typeof value === "number" ? moment(value) : undefined;
  },
  parse: (text) => time.accept(/^\d+$/u.test(text) ? Number(text) : text),
};

function moment(unixMs: number): number | undefined {
  return unixMs >= earliestMs && unixMs <= 8.64e15 ? unixMs : undefined;
}

/** `SLURM_JOB_END_TIME`: Unix time in seconds. Slurm's own word is no fault of whoever starts the program: what cannot be read says nothing. */
export const slurmTime: Rule<number | "unknown"> = {
  text: "Unix time in seconds",
  accept: (value) => (typeof value === "string" ? slurmTime.parse(value) : undefined),
  parse: (text) => (/^\d+$/u.test(text) ? (time.accept(Number(text) * 1000) ?? "unknown") : "unknown"),
};
