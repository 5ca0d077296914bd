import { defaultBounds, type SpoolBounds } from "@runlight/spool";
import { brokenRule } from "./faults.ts";
import { faultPlace } from "./resolve-endpoints.ts";
import { runlightDefaults } from "./runlight-settings.ts";
import type { SettingChoice } from "./setting-choice.ts";
import type { BatchValues } from "./setting-values.ts";
import type { ConfigFault } from "./telemetry-config-error.ts";

const minSegmentBytes = 65_536;
const defaultMetricTimeoutMs = 30_000;

/** The bounds of the spool. Segments stay small enough for retention to keep a small bound. */
export function resolveSpoolBounds({ choose }: SettingChoice): SpoolBounds {
  const maxSizeBytes = choose("spool.maxSizeBytes", runlightDefaults["spool.maxSizeBytes"]);
  return {
    maxSizeBytes,
    maxAgeDays: choose("spool.maxAgeDays", runlightDefaults["spool.maxAgeDays"]),
    maxBufferBytes: choose("spool.maxBufferBytes", runlightDefaults["spool.maxBufferBytes"]),
    maxSegmentBytes: Math.max(minSegmentBytes, Math.min(defaultBounds.maxSegmentBytes, Math.floor(maxSizeBytes / 8))),
    fsync: choose("spool.fsync", runlightDefaults["spool.fsync"]),
  };
}

/** What was said of a queue of mode `direct`; a batch cannot be greater than its queue. */
export function resolveBatch(
  { find }: SettingChoice,
  batch: "logRecordBatch" | "spanBatch",
  faults: ConfigFault[],
): Partial<BatchValues> {
  const maxQueueSize = find(`${batch}.maxQueueSize`)?.value;
  const size = find(`${batch}.maxExportBatchSize`);
  const scheduledDelayMillis = find(`${batch}.scheduledDelayMillis`)?.value;
  const exportTimeoutMillis = find(`${batch}.exportTimeoutMillis`)?.value;
  if (size !== undefined && maxQueueSize !== undefined && size.value > maxQueueSize) {
    faults.push(brokenRule(faultPlace(size), { text: `at most ${maxQueueSize}, the size of the queue` }, size.value));
  }
  return {
    ...(maxQueueSize !== undefined && { maxQueueSize }),
    ...(size !== undefined && { maxExportBatchSize: size.value }),
    ...(scheduledDelayMillis !== undefined && { scheduledDelayMillis }),
    ...(exportTimeoutMillis !== undefined && { exportTimeoutMillis }),
  };
}

/** Bound of one metric export in mode `direct`: the next one must not begin before it. */
export function resolveMetricTimeout({ find, note }: SettingChoice, intervalMs: number, faults: ConfigFault[]): number {
  const found = find("metricTimeoutMs");
  if (found === undefined) {
    const timeoutMs = Math.min(defaultMetricTimeoutMs, intervalMs);
    note("metricTimeoutMs", timeoutMs);
    return timeoutMs;
  }
  if (found.value > intervalMs) {
    faults.push(
      brokenRule(
        faultPlace(found),
        { text: `at most ${intervalMs}, the interval between metric exports` },
        found.value,
      ),
    );
  }
  return found.value;
}
