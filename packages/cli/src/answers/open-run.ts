import { openStore } from "@runlight/store";
import type { RunListing, Store } from "@runlight/store";
import { CommandFault } from "../command-fault.ts";
import type { Invocation } from "../invocation.ts";
import { noRuns } from "./no-runs.ts";

const candidatesShown = 5;

/** The store and the run that `reference` names. Throws `CommandFault` where it names none, or more than one. */
export function openRun(
  invocation: Invocation,
  reference: string,
): { readonly store: Store; readonly run: RunListing } {
  const store = openStore(invocation.directory);
  const lookup = store.find(reference);
  switch (lookup.kind) {
    case "found":
      return { store, run: lookup.run };
    case "ambiguous": {
      const shown = lookup.candidates.slice(0, candidatesShown).map(({ runId }) => runId);
      const more = lookup.candidates.length - shown.length;
      const list = `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
      throw new CommandFault(
        `${reference} is the beginning of ${lookup.candidates.length} runs: ${list}; give more of the id`,
        1,
      );
    }
    case "none":
      if (store.find("latest").kind === "none") throw noRuns(invocation);
      throw new CommandFault(`no run ${reference} in ${invocation.directory}: list them with \`runlight runs\``, 1);
  }
}
