import { METRIC_RUNLIGHT_ITEMS_PROCESSED } from "@runlight/conventions/names";
import { countMetric } from "@runlight/sdk";
import { startWith } from "./runlight.ts";
import { nothing, unknownWorkload } from "./subject.ts";
import type { Subject, SubjectSettings } from "./subject.ts";

/** One record of a registered metric: with its attributes at each call (`fresh`). */
export async function start(settings: SubjectSettings): Promise<Subject> {
  if (settings.workload !== "fresh") throw unknownWorkload("Runlight's metrics", settings.workload);
  const telemetry = await startWith({ ...settings, workload: "all" }, {});
  return {
    ...telemetry,
    operate: () =>
      countMetric(METRIC_RUNLIGHT_ITEMS_PROCESSED, 1, {
        "workflow.definition.name": "monthly",
        "runlight.operation.name": "convolve",
        "runlight.items.unit": "row",
      }),
    sends: nothing,
  };
}
