import {
  ATTR_RUNLIGHT_WALLTIME_CAUSE,
  ATTR_RUNLIGHT_WALLTIME_REMAINING,
  ATTR_RUNLIGHT_WALLTIME_SIGNAL,
  EVENT_WORKFLOW_WALLTIME_NEAR,
} from "@runlight/conventions/names";
import { emitEventInRuns } from "@runlight/core";
import type { CheckpointReason } from "../config/telemetry-config.ts";

/** Writes, in each run that is active, that the process is about to be ended. */
export function emitWallTimeNear({ cause, signal, remainingSeconds }: CheckpointReason): void {
  const left = remainingSeconds === undefined ? "" : `, ${Math.round(remainingSeconds)} s before the end of its job`;
  emitEventInRuns({
    eventName: EVENT_WORKFLOW_WALLTIME_NEAR,
    severity: "WARN",
    attributes: {
      [ATTR_RUNLIGHT_WALLTIME_CAUSE]: cause,
      ...(signal === undefined ? {} : { [ATTR_RUNLIGHT_WALLTIME_SIGNAL]: signal }),
      ...(remainingSeconds === undefined ? {} : { [ATTR_RUNLIGHT_WALLTIME_REMAINING]: remainingSeconds }),
    },
    body: `the process is about to be ended${signal === undefined ? "" : ` (${signal})`}${left}`,
  });
}
