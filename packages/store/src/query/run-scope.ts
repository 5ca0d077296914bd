import { ATTR_WORKFLOW_EXECUTION_ID } from "@runlight/conventions/names";
import type { Attributes, SpoolListing } from "@runlight/spool";
import type { RunListing } from "../run-listing.ts";

/** Tells what belongs to one run. */
export interface RunScope {
  /** False for the bytes of a frame that holds nothing of the run. */
  readonly mayHold: (bytes: Buffer) => boolean;
  /** True for a spool that may hold something of the run. */
  admits(spool: SpoolListing): boolean;
  /** True for an item of the run: it carries the run's id, or none and stands in its trace. */
  owns(item: { readonly attributes: Attributes; readonly traceId?: string }): boolean;
}

// Clocks of hosts that share a file system differ.
const clockSkewMs = 60_000;

/** The scope of a run. */
export function scopeOf({ runId, traceId, startTime, spool: home }: RunListing): RunScope {
  const startMs = Date.parse(startTime);
  // The run's id as text, or its trace's as bytes.
  const mentions = [Buffer.from(runId), Buffer.from(traceId, "hex")].filter((needle) => needle.length > 0);
  return {
    mayHold: (bytes) => mentions.some((needle) => bytes.includes(needle)),
    admits: (spool) => spool.directory === home || spool.lastWriteMs >= startMs - clockSkewMs,
    owns(item) {
      const id = item.attributes[ATTR_WORKFLOW_EXECUTION_ID];
      return id === undefined ? traceId !== "" && item.traceId === traceId : id === runId;
    },
  };
}
