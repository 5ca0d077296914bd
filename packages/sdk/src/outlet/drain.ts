import { setTimeout as delay } from "node:timers/promises";
import type { Shipper, ShipperStatistics } from "@runlight/spool";
import { forEachSignal, signals } from "../account.ts";

/** How long a receiver may refuse everything before the end of a process no longer waits for it. */
export const patienceMs = 1000;

const lookEveryMs = 50;

/**
 * Waits until the shipper has sent everything, but not longer than `timeoutMs`, and not longer than {@link patienceMs}
 * while the receiver refuses everything: what stays on disk is sent by the next process.
 */
export async function drainWhileHopeful(shipper: Shipper, timeoutMs: number): Promise<boolean> {
  const drained = shipper.drain(timeoutMs);
  let settled = false;
  void drained.then(() => {
    settled = true;
  });
  let progress = shippedOf(shipper.statistics());
  let failures = failuresOf(shipper.statistics());
  let refusedSince: number | undefined;
  while (!settled) {
    await Promise.race([drained, delay(lookEveryMs)]);
    const statistics = shipper.statistics();
    if (shippedOf(statistics) > progress) {
      progress = shippedOf(statistics);
      failures = failuresOf(statistics);
      refusedSince = undefined;
    } else if (failuresOf(statistics) > failures || statistics.lastError !== undefined) {
      refusedSince ??= performance.now();
      if (performance.now() - refusedSince >= patienceMs) return false;
    }
  }
  return drained;
}

function shippedOf(statistics: ShipperStatistics): number {
  return signals.reduce((sum, signal) => sum + statistics[signal].shipped + statistics[signal].rejected, 0);
}

/** Requests that failed, of all signals. */
export function failuresOf(statistics: ShipperStatistics): number {
  return Object.values(forEachSignal((signal) => statistics[signal].failures)).reduce((sum, count) => sum + count, 0);
}
