import type { FollowedRun, LogEntry } from "@runlight/store";

/** One way to show a run that is followed. */
export interface FollowView {
  /** Shows what came since the last call. Rejects when the reader has gone (`EPIPE`). */
  show(followed: FollowedRun, entries: readonly LogEntry[]): Promise<void>;
  /** Takes away what does not stay. */
  close(): void;
}
