import type { Signal } from "../settings.ts";

/** What was sent of one signal. */
export interface SignalShipment {
  /** Records the receiver acknowledged. */
  readonly shipped: number;
  /** Records the receiver refused for good; they stay on disk. */
  readonly rejected: number;
  /** Requests that failed and are tried again. */
  readonly failures: number;
  /** Bytes of the own spool that stand behind this signal's cursor, other signals' among them. 0: everything is shipped. */
  readonly pendingBytes: number;
}

/** What a shipper did since it started. */
export interface ShipperStatistics extends Readonly<Record<Signal, SignalShipment>> {
  /** The last failure or refusal, where there was one. */
  readonly lastError?: string;
}
