import { TraceFlags, trace } from "@opentelemetry/api";
import type { Context } from "@opentelemetry/api";
import type { Resource } from "@opentelemetry/resources";
import type { MetricData } from "@opentelemetry/sdk-metrics";
import { metrics as registry } from "@runlight/conventions";
import type { MetricEntry } from "@runlight/conventions";
import type { MetricName } from "@runlight/conventions/names";
import { operationScope } from "@runlight/core";
import type { Measurement, MeasurementRecorder } from "@runlight/core";
import { exemplarSpan, recordInHistogram } from "./cell.ts";
import type { ExemplarSpan } from "./cell.ts";
import { metricDataOf } from "./metric-data.ts";
import { createMetricSeries } from "./series.ts";
import type { MetricSeries, Series } from "./series.ts";

/** Some points of one metric of operations. */
export interface OperationMetric {
  readonly resource: Resource;
  readonly scope: typeof operationScope;
  readonly metric: MetricData;
}

/** The metrics of operations in cells of our own: with exemplars, and readable without waiting. */
export interface OperationMetrics {
  /** Takes the measurements of operations. Never throws. */
  readonly record: MeasurementRecorder;
  /** The series that `record` would add a measurement to: for whoever records into it many times. */
  seriesOf(measurement: Measurement): Series;
  /** What was recorded in parts of one metric each, as it stands when it is taken. */
  collectEach(): Iterable<OperationMetric>;
}

/** Creates the cells. The metrics are cumulative; their bounds come from the registry, views do not see them. */
export function createOperationMetrics(resource: Resource): OperationMetrics {
  const metrics = new Map<MetricName, MetricSeries>();

  function metricOf(name: MetricName): MetricSeries {
    let found = metrics.get(name);
    if (found === undefined) {
      const entry = registry.find((candidate) => candidate.name === name) as MetricEntry;
      metrics.set(name, (found = createMetricSeries(entry)));
    }
    return found;
  }

  const seriesOf = ({ metric, attributes }: Measurement): Series => metricOf(metric).at(attributes);

  function* collectEach(): Generator<OperationMetric> {
    for (const series of metrics.values())
      for (const metric of metricDataOf(series)) yield { resource, scope: operationScope, metric };
  }

  return {
    seriesOf,
    record(measurement, context) {
      const { kind, cell } = seriesOf(measurement);
      const { value } = measurement;
      if (kind === "sum") {
        cell.value += value;
        return;
      }
      const span = sampledSpan(context);
      // The time is the exemplar's only, and reading it takes as long as the rest.
      recordInHistogram(cell, value, span === undefined ? 0 : Date.now(), span);
    },
    collectEach,
  };
}

function sampledSpan(context: Context | undefined): ExemplarSpan | undefined {
  const span = context === undefined ? undefined : trace.getSpanContext(context);
  return span === undefined || (span.traceFlags & TraceFlags.SAMPLED) === 0 ? undefined : exemplarSpan(span);
}
