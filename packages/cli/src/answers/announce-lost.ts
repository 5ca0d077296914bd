import { recoverSpools } from "@runlight/spool";
import type { RecoveredRun } from "@runlight/spool";
import type { Invocation } from "../invocation.ts";

/** Closes what gone processes left open, and tells each run that is newly found to be lost, in a line beside the answer. */
export async function announceLost({ spoolRoot, tell }: Invocation): Promise<readonly RecoveredRun[]> {
  try {
    const recovered = await recoverSpools(spoolRoot);
    for (const run of recovered) tell(describeLost(run));
    return recovered;
  } catch (error) {
    // A directory that is only readable still answers; its lost runs show as lost all the same.
    tell(`Cannot close what gone processes left open: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}

/** One line on a lost run. */
export function describeLost({
  runId,
  workflowName,
  serviceName,
  evidence,
  lastSeen,
  operations,
}: RecoveredRun): string {
  const subject =
    runId === undefined ? `a process of ${serviceName}` : `run ${runId} of ${workflowName ?? serviceName}`;
  const innermost = operations[0];
  const place = innermost === undefined ? "" : ` in ${innermost.kind} ${innermost.name}`;
  return `${subject} was lost${place}: ${evidence}; last seen ${lastSeen}`;
}
