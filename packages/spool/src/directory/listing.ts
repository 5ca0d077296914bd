import type { ProcessIdentity } from "../process/identity.ts";

/** Whether the writer of a spool lives: it does; it closed the spool; it is gone without that; its host is another one and it has fallen silent. */
export type SpoolLife = "ended" | "lost" | "running" | "silent";

/** One spool under a root. */
export interface SpoolListing {
  readonly directory: string;
  readonly identity: ProcessIdentity;
  readonly life: SpoolLife;
  /** Time of the last write, in milliseconds since the epoch. */
  readonly lastWriteMs: number;
  /** Bytes of its segments. */
  readonly sizeBytes: number;
}

/** Every spool under a root, oldest first. A root that is not there holds none. */
export function listSpools(root: string): readonly SpoolListing[] {
  void root;
  throw new Error("not built yet");
}
