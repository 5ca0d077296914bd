import { ATTR_RUNLIGHT_SUBJECT_ID } from "@runlight/conventions/names";
import type { Operation, Progress } from "@runlight/core";
import { printable } from "./printable.ts";

/** What the display reads of an operation. */
export interface WatchedOperation extends Pick<
  Operation,
  "depth" | "durationSeconds" | "innerAttributes" | "items" | "kind" | "name" | "outcome" | "run"
> {
  /** The progress it told last. */
  readonly lastProgress?: Progress | undefined;
}

/** Name and subject in one line of printable text: `load 2001-01`. */
export function operationLabel({ name, innerAttributes }: WatchedOperation): string {
  const subject = innerAttributes[ATTR_RUNLIGHT_SUBJECT_ID];
  return printable(typeof subject === "string" ? `${name} ${subject}` : name);
}
