/** The delays of one group of flights: those of an hour, of an airport. */
export interface DelayGroup {
  readonly key: string;
  readonly flights: number;
  /** Mean delay in minutes; NaN for a group without flights. */
  readonly meanMinutes: number;
  /** Part of the flights that were late, 0 to 1; NaN for a group without flights. */
  readonly lateShare: number;
}

/** A flight is late from here on, as the US Department of Transportation counts. */
const lateMinutes = 15;

/**
 * Sums up the delays of each group in one pass. Flights without a delay are left out.
 *
 * @param delayMinutes One value a flight, NaN when missing.
 * @param groupOf Position in `keys` of the flight's group.
 */
export function groupDelays(
  delayMinutes: Float32Array,
  keys: readonly string[],
  groupOf: (flight: number) => number,
): DelayGroup[] {
  const flights = new Uint32Array(keys.length);
  const late = new Uint32Array(keys.length);
  const sum = new Float64Array(keys.length);
  for (let i = 0; i < delayMinutes.length; i += 1) {
    const delay = delayMinutes[i] ?? Number.NaN;
    if (Number.isNaN(delay)) continue;
    const group = groupOf(i);
    flights[group] = (flights[group] ?? 0) + 1;
    sum[group] = (sum[group] ?? 0) + delay;
    if (delay >= lateMinutes) late[group] = (late[group] ?? 0) + 1;
  }
  return keys.map((key, group) => ({
    key,
    flights: flights[group] ?? 0,
    meanMinutes: (sum[group] ?? 0) / (flights[group] ?? 0),
    lateShare: (late[group] ?? 0) / (flights[group] ?? 0),
  }));
}
