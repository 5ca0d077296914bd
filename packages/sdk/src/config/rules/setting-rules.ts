import { integer, oneOf, type Rule } from "./rule.ts";

const hourMs = 3_600_000;

/** Interval between metric exports, in milliseconds. */
export const metricInterval: Rule<number> = integer(10, 24 * hourMs);

/** Bound of one export, in milliseconds. Zero, which elsewhere means no bound, is refused. */
export const exportTimeout: Rule<number> = integer(1, hourMs);

/** Compression of an export request. */
export const compression: Rule<"gzip" | "none"> = oneOf("gzip", "none");

/** A limit of attributes, events or links. */
export const limit: Rule<number> = integer(0);

/** Size of a queue or batch. */
export const queueSize: Rule<number> = integer(1);

/** Delay between batches, in milliseconds. */
export const batchDelay: Rule<number> = integer(0, hourMs);

/** Temporality of exported metrics: the one that Runlight's reader has. */
export const temporality: Rule<"cumulative"> = oneOf("cumulative");

/** Aggregation of histograms without a view: the one that Runlight's reader has. */
export const histogramAggregation: Rule<"explicit_bucket_histogram"> = oneOf("explicit_bucket_histogram");

/**
 * Which measurements become exemplars. The metrics SDK makes none: `trace_based`, which is the specification's default, means
 * no more than leaving it unset, but `always_on` would promise them.
 */
export const exemplarFilter: Rule<"always_off" | "trace_based"> = oneOf("trace_based", "always_off");
