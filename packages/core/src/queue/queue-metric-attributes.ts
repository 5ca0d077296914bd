import type { Context } from "@opentelemetry/api";
import { ATTR_RUNLIGHT_OPERATION_NAME, ATTR_WORKFLOW_DEFINITION_NAME } from "@runlight/conventions/names";
import type { MetricAttributes } from "@runlight/conventions/names";
import { activeOperation } from "../context/active-operation.ts";
import { runInBaggage } from "../context/run-baggage.ts";
import { boundName } from "../sink/metric-names.ts";

/** What the metrics of a queued pipeline carry: its name and its run's workflow, of which there are bounded numbers. */
export function queueMetricAttributes(name: string, of: Context): MetricAttributes {
  const run = activeOperation(of)?.run ?? runInBaggage(of);
  return {
    ...(run === undefined ? {} : { [ATTR_WORKFLOW_DEFINITION_NAME]: boundName("workflow", run.workflowName) }),
    [ATTR_RUNLIGHT_OPERATION_NAME]: boundName("pipeline", name),
  };
}
