import type { LogLevel } from "../record/severity.ts";
import type { RunListing, RunStatus } from "../run-listing.ts";

/** Which runs to list. */
export interface RunQuery {
  /** The newest so many, 1 or more. Default: all. */
  readonly limit?: number;
  /** Only runs that stand so. Default: any. */
  readonly statuses?: readonly RunStatus[];
}

/** Which records of a run to read. */
export interface LogQuery {
  /** Only records from inside stages of this name. */
  readonly stage?: string;
  /** Only this level and above; records without a level count as `info`. Default: every record. */
  readonly level?: LogLevel;
  /** Only records that hold this text in their body, event name or exception; case does not matter. */
  readonly search?: string;
  /** Only the last so many, 1 to 100 000. Default: all. */
  readonly tail?: number;
}

/** What a reference to a run leads to. */
export type RunLookup =
  | { readonly kind: "ambiguous"; readonly candidates: readonly RunListing[] }
  | { readonly kind: "found"; readonly run: RunListing }
  | { readonly kind: "none" };
