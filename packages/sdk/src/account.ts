import type { DropReason } from "@runlight/conventions/names";
import type { Signal } from "@runlight/spool";

/** What became of the telemetry of this process so far. */
export interface TelemetryAccount {
  /**
   * Where telemetry goes: `spool` to disk and from there to the endpoints; `direct` to the endpoints without disk;
   * `discard` nowhere, for the disk refused and there is no endpoint; `off` nowhere, as configured.
   */
  readonly state: "direct" | "discard" | "off" | "spool";
  /** This process's spool; absent without one. */
  readonly directory: string | undefined;
  readonly signals: Readonly<Record<Signal, SignalAccount>>;
  /** Bytes of this process's spool on disk. */
  readonly sizeBytes: number;
  /** Bytes that wait in memory. */
  readonly bufferedBytes: number;
  /** The last trouble of telemetry itself, where there was one. */
  readonly lastError: string | undefined;
}

/** One signal of the account. Counts are records: spans, log records, metric exports. */
export interface SignalAccount {
  /** Full URL it is sent to; absent when it stays on disk or is discarded. */
  readonly endpoint: string | undefined;
  /** `other`: somebody else had registered a provider before, which was left alone; what goes through it is not counted here. */
  readonly provider: "other" | "runlight";
  /** Records in this process's spool. */
  readonly kept: number;
  /** Records the receiver acknowledged. */
  readonly shipped: number;
  /** Records that were dropped, by reason; a reason that did not occur is absent. */
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
  /** Bytes in the spool, or in `direct` mode records in memory, that are not acknowledged yet. 0 without an endpoint. */
  readonly pending: number;
}

/** The signals in the order people read them. */
export const signals: readonly Signal[] = ["traces", "metrics", "logs"];

/** One value for each signal. */
export function forEachSignal<T>(make: (signal: Signal) => T): Record<Signal, T> {
  return { traces: make("traces"), metrics: make("metrics"), logs: make("logs") };
}

/** Two counts by reason, added. */
export function addDropped(
  one: Readonly<Partial<Record<DropReason, number>>>,
  other: Readonly<Partial<Record<DropReason, number>>>,
): Partial<Record<DropReason, number>> {
  const sum: Partial<Record<DropReason, number>> = { ...one };
  for (const [reason, count] of Object.entries(other) as [DropReason, number][]) {
    if (count > 0) sum[reason] = (sum[reason] ?? 0) + count;
  }
  return sum;
}
