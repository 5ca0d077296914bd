import { setImmediate, setTimeout } from "node:timers/promises";

/** Gives way between two pieces of work: timers, signals and telemetry get their turn. Rejects with an AbortError once the run is interrupted. */
export type Pace = () => Promise<void>;

/** About a hundred pieces make a run of all six months. */
const slowMs = 600;

/** As fast as the machine goes; or, when `slow`, a run of about a minute. */
export function createPace(slow: boolean, signal: AbortSignal): Pace {
  return slow ? () => setTimeout(slowMs, undefined, { signal }) : () => setImmediate(undefined, { signal });
}
