import type { ChildAnswer, ChildJob } from "../measure/cell.ts";
import type { Subject } from "../subject/subject.ts";

/** What a regime works with. */
export interface RegimeContext {
  readonly job: ChildJob;
  /** Imports the subject's module and switches it on. */
  startSubject(): Promise<Subject>;
}

/** A way of calling operations and what is measured of it. */
export interface RegimeModule {
  readonly run: (context: RegimeContext) => Promise<ChildAnswer>;
}

/**
 * A setting of the job.
 *
 * @throws RangeError when the job has none of this name
 */
export function setting({ job }: RegimeContext, name: string): number {
  const value = job.settings[name];
  if (value === undefined)
    throw new RangeError(`Cannot run ${job.regime}: settings.${name} must be a number, current value is undefined`);
  return value;
}

/** What `operations` calls sent, with what the subject sends of itself. */
export function sentBy({ sends, sendsOnce }: Subject, operations: number): ChildAnswer["sent"] {
  return {
    spans: operations * sends.spans + (sendsOnce?.spans ?? 0),
    logRecords: operations * sends.logRecords + (sendsOnce?.logRecords ?? 0),
  };
}

/** Waits, with an event loop that is free. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
