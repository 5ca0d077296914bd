import { setImmediate } from "node:timers/promises";
import { spoolDirectories } from "../directory/listing.ts";
import { recoverDirectory } from "./recover-directory.ts";
import type { RecoveredRun } from "./recovered-run.ts";

/**
 * Closes the open operations of every process that is gone as `lost`, once; safe with other readers at the same time.
 * Resolves with what this call closed. Never rejects: what cannot be recovered now is left to the next call.
 */
export async function recoverSpools(root: string): Promise<readonly RecoveredRun[]> {
  const runs: RecoveredRun[] = [];
  for (const directory of spoolDirectories(root)) {
    runs.push(...recoverDirectory(directory));
    // A spool is read at once; between two of them the program may go on.
    await setImmediate();
  }
  return runs;
}
