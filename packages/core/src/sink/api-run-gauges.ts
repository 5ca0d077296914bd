import type { Meter } from "@opentelemetry/api";
import {
  ATTR_WORKFLOW_DEFINITION_NAME,
  ATTR_WORKFLOW_EXECUTION_ID,
  METRIC_RUNLIGHT_RUN_INFO,
  METRIC_RUNLIGHT_RUN_LAST_HEARTBEAT,
  METRIC_RUNLIGHT_RUN_PROGRESS,
} from "@runlight/conventions/names";
import { sharedState } from "../shared-state.ts";
import { boundName } from "./metric-names.ts";

/** Registers the gauges of the runs now active: progress, last heartbeat, and the one metric that names the run. */
export function observeRuns(meter: Meter): void {
  const progress = meter.createObservableGauge(METRIC_RUNLIGHT_RUN_PROGRESS, { unit: "1" });
  const lastHeartbeat = meter.createObservableGauge(METRIC_RUNLIGHT_RUN_LAST_HEARTBEAT, { unit: "s" });
  const info = meter.createObservableGauge(METRIC_RUNLIGHT_RUN_INFO, { unit: "{run}" });
  meter.addBatchObservableCallback(
    (result) => {
      for (const run of sharedState().activeRuns) {
        const workflow = { [ATTR_WORKFLOW_DEFINITION_NAME]: boundName("workflow", run.workflowName) };
        result.observe(info, 1, { ...workflow, [ATTR_WORKFLOW_EXECUTION_ID]: run.id });
        result.observe(lastHeartbeat, run.lastHeartbeatMs / 1000, workflow);
        const fraction = run.progressFraction;
        if (fraction !== undefined) result.observe(progress, fraction, workflow);
      }
    },
    [progress, lastHeartbeat, info],
  );
}
