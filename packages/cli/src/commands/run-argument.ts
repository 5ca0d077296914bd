import { Argument } from "commander";

/** The argument that names a run. */
export function runArgument(): Argument {
  return new Argument("[run]", "a run's id, the beginning of one, or latest").default("latest");
}
