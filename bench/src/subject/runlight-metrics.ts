import { resourceFromAttributes } from "@opentelemetry/resources";
import { METRIC_RUNLIGHT_ITEMS_PROCESSED, METRIC_RUNLIGHT_KERNEL_DURATION } from "@runlight/conventions/names";
import { countMetric } from "@runlight/sdk";
// The cells of operations are no API: here they are measured by themselves.
import { exemplarSpan, recordInHistogram } from "../../../packages/sdk/src/operation-metrics/cell.ts";
import { createOperationMetrics } from "../../../packages/sdk/src/operation-metrics/operation-metrics.ts";
import { startWith } from "./runlight.ts";
import { nothing, turn, unknownWorkload } from "./subject.ts";
import type { Subject, SubjectSettings } from "./subject.ts";

const durationOf = (value: number) =>
  ({
    metric: METRIC_RUNLIGHT_KERNEL_DURATION,
    value,
    attributes: {
      "workflow.definition.name": "monthly",
      "runlight.operation.name": "convolve",
      "runlight.operation.outcome": "success",
    },
  }) as const;

/**
 * One record of an operation's duration, with its attributes at each call (`fresh`) or into the cell that was found once, with an
 * exemplar (`bound`); or one record of a counter through `countMetric()` (`counter`).
 */
export async function start(settings: SubjectSettings): Promise<Subject> {
  const metrics = createOperationMetrics(resourceFromAttributes({}));
  const alone = { sends: nothing, drain: turn, flush: turn };
  switch (settings.workload) {
    case "fresh":
      return { ...alone, operate: () => metrics.record(durationOf(0.012), undefined) };
    case "bound": {
      const series = metrics.seriesOf(durationOf(0));
      if (series.kind !== "histogram") throw new TypeError("Cannot measure: a duration must be a histogram");
      const { cell } = series;
      const span = exemplarSpan({ traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331" });
      const timeMs = Date.now();
      return { ...alone, operate: () => recordInHistogram(cell, 0.012, timeMs, span) };
    }
    case "counter":
      return {
        ...(await startWith({ ...settings, workload: "all" }, {})),
        operate: () =>
          countMetric(METRIC_RUNLIGHT_ITEMS_PROCESSED, 1, {
            "workflow.definition.name": "monthly",
            "runlight.operation.name": "convolve",
            "runlight.items.unit": "row",
          }),
        sends: nothing,
      };
    default:
      throw unknownWorkload("Runlight's metrics", settings.workload);
  }
}
