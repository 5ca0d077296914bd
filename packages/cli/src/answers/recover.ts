import { recoverSpools } from "@runlight/spool";
import type { Invocation } from "../invocation.ts";
import { toJsonDocument } from "../output/json-output.ts";
import { printableLine } from "../output/printable.ts";
import { describeLost } from "./announce-lost.ts";
import { requireSpools } from "./no-runs.ts";

/** Closes what gone processes left open, and prints what that was. */
export async function recover(invocation: Invocation, options: { readonly json?: boolean }): Promise<void> {
  const { directory, spoolRoot, output } = invocation;
  requireSpools(invocation);
  const recovered = await recoverSpools(spoolRoot);
  if (options.json === true) {
    const runs = recovered.map(
      ({ runId, workflowName, serviceName, evidence, lastSeen, operations, directory: spool }) => ({
        runId,
        workflow: workflowName,
        service: serviceName,
        evidence,
        lastSeen,
        operations,
        spool,
      }),
    );
    await output.write(toJsonDocument({ directory, recovered: runs }));
  } else if (recovered.length === 0) {
    await output.write("nothing to recover: no process left anything open\n");
  } else {
    for (const run of recovered) await output.write(`${printableLine(describeLost(run))}\n`);
  }
  await output.flush();
}
