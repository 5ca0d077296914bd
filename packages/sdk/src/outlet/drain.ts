import type { Shipper, ShipperStatistics } from "@runlight/spool";
import { signals } from "../account.ts";
import { deadlineIn } from "../lifecycle/within.ts";

/** How long a receiver may refuse everything before the end of a process no longer waits for it. */
export const patienceMs = 1000;

/** How often it is looked at. */
const sliceMs = 250;

/**
 * Waits until the shipper has sent everything, but not longer than `timeoutMs`, and not longer than {@link patienceMs}
 * while the receiver refuses everything: what stays on disk is sent by the next process.
 */
export async function drainWhileHopeful(shipper: Shipper, timeoutMs: number): Promise<boolean> {
  const deadline = deadlineIn(timeoutMs);
  let { answered, failures } = countsOf(shipper.statistics());
  let refusedSince: number | undefined;
  while (deadline.remainingMs() > 0) {
    // In slices, for a wait cannot be broken off and would keep the process alive.
    if (await shipper.drain(Math.min(sliceMs, deadline.remainingMs()))) return true;
    const now = countsOf(shipper.statistics());
    if (now.answered > answered) refusedSince = undefined;
    else if (now.failures > failures) refusedSince ??= performance.now();
    if (refusedSince !== undefined && performance.now() - refusedSince >= patienceMs) return false;
    ({ answered } = now);
    if (refusedSince === undefined) ({ failures } = now);
  }
  return false;
}

function countsOf(statistics: ShipperStatistics): { answered: number; failures: number } {
  const answered = signals.reduce((sum, signal) => sum + statistics[signal].shipped + statistics[signal].rejected, 0);
  return { answered, failures: failuresOf(statistics) };
}

/** Requests that failed, of all signals. */
export function failuresOf(statistics: ShipperStatistics): number {
  return signals.reduce((sum, signal) => sum + statistics[signal].failures, 0);
}
