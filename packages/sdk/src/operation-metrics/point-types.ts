import type { AggregationTemporality, DataPointType } from "@opentelemetry/sdk-metrics";

/* The stock SDK's enumerations as values: to import them would load all of it. */

/** Points of a histogram. */
export const histogramPoints: DataPointType.HISTOGRAM = 0;

/** Points of a gauge. */
export const gaugePoints: DataPointType.GAUGE = 2;

/** Points of a sum. */
export const sumPoints: DataPointType.SUM = 3;

/** Each point counts from the start of its series. */
export const cumulative: AggregationTemporality.CUMULATIVE = 1;
