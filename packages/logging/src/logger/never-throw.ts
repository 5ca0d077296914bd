import type winston from "winston";
import { noteLoss } from "../record/emit-record.ts";

type Method = (...args: unknown[]) => unknown;

/** Makes the methods that log give the logger back where they would have thrown: a hostile field or format costs the record, not the job. */
export function neverThrow(logger: winston.Logger): void {
  for (const name of ["log", ...Object.keys(logger.levels)]) {
    const method: unknown = Reflect.get(logger, name);
    if (typeof method === "function") Reflect.set(logger, name, guarded(method as Method));
  }
  // Without a listener, a transport's error or a write after `end()` would end the process.
  logger.on("error", noteLoss);
}

function guarded(method: Method): Method {
  return function logSafely(this: unknown, ...args: unknown[]): unknown {
    try {
      return method.apply(this, args);
    } catch (error) {
      noteLoss(error);
      return this;
    }
  };
}
