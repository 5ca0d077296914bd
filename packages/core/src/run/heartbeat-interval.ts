import { sharedState } from "../shared-state.ts";

/** Sets the interval between heartbeats of all runs, in milliseconds. Default 15,000; takes effect at each run's next heartbeat. */
export function setHeartbeatInterval(intervalMs: number): void {
  sharedState().heartbeatIntervalMs = intervalMs;
}
