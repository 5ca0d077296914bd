const requestTimeoutMs = 1_000;
const writers = ["ingester", "metrics-generator"];

/**
 * Tells whether a Tempo that was asked to end has stored what it holds.
 * After a query Tempo 2.9 then waits without end for its query queue (`RequestQueue.stopping` in its sources waits for
 * queriers that are gone), so from here on it may be killed.
 *
 * @param url where it answers queries.
 */
export async function tempoHasStored(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/status/services`, { signal: AbortSignal.timeout(requestTimeoutMs) });
    const table = await response.text();
    return writers.every((writer) => new RegExp(`\\| ${writer} +\\| +Terminated `).test(table));
  } catch {
    return false;
  }
}
