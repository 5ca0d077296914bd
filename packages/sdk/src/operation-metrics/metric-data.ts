import { ValueType } from "@opentelemetry/api";
import type { HrTime } from "@opentelemetry/api";
import { millisToHrTime } from "@opentelemetry/core";
import type { DataPoint, Histogram, MetricData } from "@opentelemetry/sdk-metrics";
import { maxPartPoints } from "../pipeline/metric-part.ts";
import { slicesOf } from "../pipeline/slices.ts";
import { exemplarOf } from "./cell.ts";
import type { Exemplar } from "./cell.ts";
import { cumulative, histogramPoints, sumPoints } from "./point-types.ts";
import type { MetricSeries, Series } from "./series.ts";

/** A point of a histogram as the SDK has it, and the exemplars that it does not have. */
export interface ExemplarPoint extends DataPoint<Histogram> {
  readonly exemplars: readonly Exemplar[];
}

/** A metric's series as the SDK's readers and exporters take them, each part as it stands when it is asked for. */
export function* metricDataOf({ entry, all }: MetricSeries): Generator<MetricData> {
  const descriptor = { name: entry.name, description: entry.brief, unit: entry.unit, valueType: ValueType.DOUBLE };
  const shared = { descriptor, aggregationTemporality: cumulative };
  for (const series of slicesOf(all, maxPartPoints)) {
    const endTime = millisToHrTime(Date.now());
    if (entry.instrument === "histogram") {
      const dataPoints = series.flatMap((one) => histogramPoint(one, endTime));
      yield { ...shared, dataPointType: histogramPoints, dataPoints };
    } else {
      const dataPoints = series.flatMap((one) => sumPoint(one, endTime));
      yield { ...shared, dataPointType: sumPoints, isMonotonic: entry.instrument === "counter", dataPoints };
    }
  }
}

function sumPoint(series: Series, endTime: HrTime): readonly DataPoint<number>[] {
  if (series.kind !== "sum") return [];
  const { attributes, cell } = series;
  return [{ startTime: millisToHrTime(cell.startTimeMs), endTime, attributes, value: cell.value }];
}

function histogramPoint(series: Series, endTime: HrTime): readonly ExemplarPoint[] {
  if (series.kind !== "histogram") return [];
  const { attributes, cell } = series;
  const { boundaries, counts, count, sum, min, max } = cell;
  const exemplars = cell.exemplars.filter((exemplar) => exemplar !== undefined).map(exemplarOf);
  const buckets = { boundaries: [...boundaries], counts: [...counts] };
  const value = { buckets, count, sum, min, max };
  return [{ startTime: millisToHrTime(cell.startTimeMs), endTime, attributes, value, exemplars }];
}
