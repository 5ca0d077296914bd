import type { RunFold } from "../fold/run-fold.ts";
import type { RunListing } from "../run-listing.ts";
import type { RunLookup } from "./run-query.ts";

/** The word that stands for the newest run. */
export const latestReference = "latest";

/** Finds the run that `reference` names: `latest`, an id, or the beginning of exactly one id. */
export function findRun(
  reference: string,
  list: (limit: number, accepts: (run: RunFold) => boolean) => readonly RunListing[],
): RunLookup {
  if (reference === latestReference) return one(list(1, () => true));
  if (reference === "") return { kind: "none" };
  const candidates = list(Number.POSITIVE_INFINITY, (run) => run.runId.startsWith(reference));
  const exact = candidates.filter((run) => run.runId === reference);
  return one(exact.length > 0 ? exact : candidates);
}

function one(candidates: readonly RunListing[]): RunLookup {
  const [run, ...others] = candidates;
  if (run === undefined) return { kind: "none" };
  return others.length === 0 ? { kind: "found", run } : { kind: "ambiguous", candidates };
}
