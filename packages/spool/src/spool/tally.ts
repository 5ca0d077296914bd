import type { DropReason } from "@runlight/conventions/names";
import type { Signal } from "../settings.ts";
import type { SpoolStatistics } from "./statistics.ts";

/** Counts what a spool wrote and dropped. */
export class Tally {
  readonly #written: Record<Signal, number> = { traces: 0, metrics: 0, logs: 0 };
  readonly #dropped: Record<Signal, Partial<Record<DropReason, number>>> = { traces: {}, metrics: {}, logs: {} };
  #failures = 0;
  #lastError: string | undefined;

  write(signal: Signal, records: number): void {
    this.#written[signal] += records;
  }

  drop(signal: Signal, reason: DropReason, records: number): void {
    const counts = this.#dropped[signal];
    counts[reason] = (counts[reason] ?? 0) + records;
  }

  fail(error: unknown): void {
    this.#failures += 1;
    this.#lastError = error instanceof Error ? error.message : String(error);
  }

  /** The counts now, with what only the spool knows. */
  statistics(sizeBytes: number, bufferedBytes: number): SpoolStatistics {
    const { traces, metrics, logs } = this.#dropped;
    return {
      written: { ...this.#written },
      dropped: { traces: { ...traces }, metrics: { ...metrics }, logs: { ...logs } },
      sizeBytes,
      bufferedBytes,
      failures: this.#failures,
      ...(this.#lastError === undefined ? {} : { lastError: this.#lastError }),
    };
  }
}
