import type { DropReason } from "@runlight/conventions/names";
import type { Signal } from "../settings.ts";

/** What one spool did since it was opened. Counts are records: spans, log records, metric exports. */
export interface SpoolStatistics {
  /** Records that are in the file. */
  readonly written: Readonly<Record<Signal, number>>;
  /** Records that were dropped, by reason; a reason that did not occur is absent. */
  readonly dropped: Readonly<Record<Signal, Readonly<Partial<Record<DropReason, number>>>>>;
  /** Bytes this spool holds on disk. */
  readonly sizeBytes: number;
  /** Bytes that wait in memory. */
  readonly bufferedBytes: number;
  /** Writes that failed, each of them tried again. */
  readonly failures: number;
  /** Why the last write failed, where one did. */
  readonly lastError?: string;
}
