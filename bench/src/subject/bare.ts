import { nothing, turn } from "./subject.ts";
import type { Subject } from "./subject.ts";

/** The function itself. */
export async function start(): Promise<Subject> {
  return { operate: (work) => work(), sends: nothing, drain: turn, flush: turn };
}
