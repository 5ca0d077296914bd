import { join } from "node:path";
import pino from "pino";
import { fields, nothing, turn } from "./subject.ts";
import type { Subject, SubjectSettings } from "./subject.ts";

/** pino to a file, synchronously as it does by default. */
export async function start({ directory }: SubjectSettings): Promise<Subject> {
  const logger = pino(pino.destination(join(directory, "bench.log")));
  return { operate: () => logger.info(fields, "rows checked"), sends: nothing, drain: turn, flush: turn };
}
