import type { Items } from "../measure/cell.ts";

/** Something under measurement, switched on in this process. */
export interface Subject {
  /** One operation around `work`, or one record where the workload has no work. */
  readonly operate: (work: () => void) => void;
  /** What one call of `operate` sends. */
  readonly sends: Items;
  /** What it sends once, of itself. */
  readonly sendsOnce?: Items;
  /** Lets what was emitted leave, so that a queue with a bound loses nothing: called at every 400 operations. */
  readonly drain: () => Promise<void>;
  /** Resolves when everything emitted so far has arrived. */
  readonly flush: () => Promise<void>;
  /** Bytes that wait in memory, and their bound, where the subject has one. */
  readonly buffered?: () => { readonly sizeBytes: number; readonly boundBytes: number };
  /** What it says became of what was emitted, for the message when something did not arrive. */
  readonly account?: () => string;
}

/** How a subject is started. */
export interface SubjectSettings {
  /** What its operations do; each subject's module says which it knows. */
  readonly workload: string;
  /** Base URL of the receiver. */
  readonly endpoint: string;
  /** A directory of its own. */
  readonly directory: string;
}

/** A subject's module: switches the tool on. */
export interface SubjectModule {
  readonly start: (settings: SubjectSettings) => Promise<Subject>;
}

/** Sends nothing. */
export const nothing: Items = { spans: 0, logRecords: 0 };

/** The four attributes of every operation. */
export const attributes = {
  "bench.region": "eu-west",
  "bench.month": "2001-01",
  "bench.rows": 48_213,
  "bench.cached": false,
} as const;

/** The five fields of every log record that is not an operation's own. */
export const fields = {
  "bench.region": "eu-west",
  "bench.month": "2001-01",
  "bench.rows": 48_213,
  "bench.share": 0.734,
  "bench.cached": false,
} as const;

/** @throws RangeError when a subject does not know a workload */
export function unknownWorkload(subject: string, workload: string): RangeError {
  return new RangeError(`Cannot start ${subject}: workload must be one it knows, current value is ${workload}`);
}

/** Gives the event loop one turn. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
