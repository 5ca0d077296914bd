import { checkQuality } from "@runlight/sdk";

/** What became of the rows of the file. */
export interface RowAccount {
  readonly inFile: number;
  readonly processed: number;
  /** Of months that the file does not cover in full. */
  readonly remainder: number;
  /** Of months that this run was not asked for. */
  readonly leftOut: number;
}

/**
 * Checks that no row got lost, and tells how many belong to no complete month.
 *
 * @throws {Error} When rows are missing or were counted twice.
 */
export function checkAccount({ inFile, processed, remainder, leftOut }: RowAccount): void {
  const value = processed + remainder + leftOut;
  checkQuality({ name: "rows of no complete month", value: remainder, unit: "{row}", warnAbove: 0 });
  const { reason } = checkQuality({ name: "rows accounted for", value, unit: "{row}", min: inFile, max: inFile });
  if (reason !== undefined) throw new Error(`Cannot account for all rows: they ${reason}, current value is ${value}`);
}
