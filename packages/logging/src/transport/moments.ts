import type winston from "winston";
import { currentMoment } from "../record/emit-record.ts";
import type { Moment } from "../record/emit-record.ts";

const momentKey = Symbol("runlight.moment");
const markingKey = Symbol("runlight.marking");

/**
 * Makes a logger mark each entry with the moment it was logged. winston delivers at once, except while another transport is slow:
 * then entries wait, and are delivered within some other operation.
 */
export function markMoments(logger: winston.Logger): void {
  const marked = logger as winston.Logger & { [markingKey]?: true };
  if (marked[markingKey] === true) return;
  marked[markingKey] = true;
  const write = logger.write.bind(logger) as (...args: unknown[]) => boolean;
  logger.write = (...args: unknown[]): boolean => {
    const [entry] = args;
    if (typeof entry === "object" && entry !== null && Object.isExtensible(entry)) {
      Object.assign(entry, { [momentKey]: currentMoment() });
    }
    return write(...args);
  };
}

/** The moment an entry was marked with; now, where a format made a new entry of it. */
export function momentOf(entry: object): Moment {
  return (entry as { readonly [momentKey]?: Moment })[momentKey] ?? currentMoment();
}
