/** When something is likely to end. */
export interface Eta {
  /** RFC 3339, UTC: the likeliest end. */
  readonly atTime: string;
  /** Seconds from now. Nine ends of ten are expected from `lowSeconds` to `highSeconds`. */
  readonly lowSeconds: number;
  /** Seconds from now. */
  readonly highSeconds: number;
  /** What it was estimated from. */
  readonly basis: "history" | "progress" | "progress and history";
}

/** Seconds that are left, and how uncertain that is. */
export interface Remaining {
  readonly seconds: number;
  /** Standard deviation, in seconds. */
  readonly spreadSeconds: number;
}
