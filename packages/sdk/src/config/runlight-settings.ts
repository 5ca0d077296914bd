import { defaultBounds } from "@runlight/spool";
import { type Claim, claim } from "./claims.ts";
import { integer, listOfText, oneOf, path, type Rule, trueOrFalse } from "./rules/rule.ts";
import * as settingRule from "./rules/setting-rules.ts";
import * as wallTimeRule from "./rules/wall-time-rules.ts";
import type { SettingKey, SettingValues } from "./setting-values.ts";

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;
const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/** A setting of Runlight itself: one rule for the option, the variable and the key under `distribution.runlight`. */
export interface RunlightSetting {
  /** Path of the option, which is also the setting's. */
  readonly option: SettingKey;
  readonly variable: string | undefined;
  /** Path under `distribution.runlight`. */
  readonly fileKey: string;
  readonly meaning: string;
  readonly values: string;
  readonly fallback: string;
  /** The claim of a program's or a file's value; `undefined` when it breaks the rule. */
  readonly accept: (value: unknown) => Claim | undefined;
  /** The claim of a variable's text; `undefined` when it breaks the rule. */
  readonly parse: (text: string) => Claim | undefined;
}

type RunlightKey =
  | "captureConsole"
  | "checkpointSignal"
  | "checkpointTimeoutMs"
  | "directory"
  | "display"
  | "fastLane"
  | "heartbeatIntervalMs"
  | "hostMetrics"
  | "jobEndTime"
  | "metricIntervalMs"
  | "mode"
  | "redactKeys"
  | "shutdownTimeoutMs"
  | "spool.fsync"
  | "spool.maxAgeDays"
  | "spool.maxBufferBytes"
  | "spool.maxSizeBytes"
  | "wallTimeNoticeMs";

/** Defaults of Runlight's own settings. */
export const runlightDefaults: Pick<SettingValues, Exclude<RunlightKey, "jobEndTime">> = {
  mode: "spool",
  directory: ".runlight",
  "spool.maxSizeBytes": defaultBounds.maxSizeBytes,
  "spool.maxAgeDays": defaultBounds.maxAgeDays,
  "spool.maxBufferBytes": defaultBounds.maxBufferBytes,
  "spool.fsync": defaultBounds.fsync,
  redactKeys: [],
  heartbeatIntervalMs: 15 * secondMs,
  metricIntervalMs: minuteMs,
  shutdownTimeoutMs: 5 * secondMs,
  hostMetrics: true,
  fastLane: true,
  captureConsole: false,
  display: "none",
  wallTimeNoticeMs: minuteMs,
  checkpointSignal: "SIGUSR2",
  checkpointTimeoutMs: 25 * secondMs,
};

/** Runlight's own settings, in the order in which the documentation tells them. */
export const runlightSettings: readonly RunlightSetting[] = [
  setting("mode", ["RUNLIGHT_MODE", "mode"], oneOf("spool", "direct", "off"), {
    meaning:
      "`spool` writes to disk and ships from there; `direct` uses the stock OTLP exporters and no disk; `off` does nothing",
  }),
  setting("directory", ["RUNLIGHT_DIRECTORY", "directory"], path, {
    meaning: "Directory of spools and runs, relative to the working directory",
  }),
  setting("spool.maxSizeBytes", ["RUNLIGHT_SPOOL_MAX_SIZE_BYTES", "spool.max_size_bytes"], integer(mebibyte), {
    meaning: "Bytes of all spools together",
  }),
  setting("spool.maxAgeDays", ["RUNLIGHT_SPOOL_MAX_AGE_DAYS", "spool.max_age_days"], integer(0, 3650), {
    meaning: "Days a finished spool is kept",
  }),
  setting(
    "spool.maxBufferBytes",
    ["RUNLIGHT_SPOOL_MAX_BUFFER_BYTES", "spool.max_buffer_bytes"],
    integer(64 * kibibyte),
    { meaning: "Bytes waiting in memory while the disk refuses" },
  ),
  setting("spool.fsync", ["RUNLIGHT_SPOOL_FSYNC", "spool.fsync"], trueOrFalse, {
    meaning: "`fsync` after each prompt write, so that it survives a power failure",
  }),
  setting("redactKeys", ["RUNLIGHT_REDACT_KEYS", "redact_keys"], listOfText, {
    meaning: "Key patterns (globs) whose values are redacted, besides the built-in ones; those of all sources count",
  }),
  setting("heartbeatIntervalMs", ["RUNLIGHT_HEARTBEAT_INTERVAL", "heartbeat_interval"], integer(secondMs, hourMs), {
    meaning: "Milliseconds between the heartbeats of a run",
  }),
  setting("metricIntervalMs", [undefined, "metric_interval"], settingRule.metricInterval, {
    meaning: "Milliseconds between metric exports; `OTEL_METRIC_EXPORT_INTERVAL`",
  }),
  setting("shutdownTimeoutMs", ["RUNLIGHT_SHUTDOWN_TIMEOUT", "shutdown_timeout"], integer(1, 10 * minuteMs), {
    meaning: "Milliseconds the shutdown may take at the end of the process",
  }),
  setting("hostMetrics", ["RUNLIGHT_HOST_METRICS", "host_metrics"], trueOrFalse, {
    meaning: "Emit host and runtime metrics",
  }),
  setting("fastLane", ["RUNLIGHT_FAST_LANE", "fast_lane"], trueOrFalse, {
    meaning: "Measure operations in cells of Runlight's own: with exemplars, and unseen by the program's views",
  }),
  setting("captureConsole", ["RUNLIGHT_CAPTURE_CONSOLE", "capture_console"], trueOrFalse, {
    meaning: "Turn `console.*` calls into log records as well",
  }),
  setting("display", ["RUNLIGHT_DISPLAY", "display"], oneOf("auto", "lines", "none"), {
    meaning: "What to show of runs on stderr; `auto` is a progress bar on a terminal and lines otherwise",
  }),
  setting("jobEndTime", ["RUNLIGHT_JOB_END_TIME", "job_end_time"], wallTimeRule.time, {
    meaning: "When the process will be ended from outside; `SLURM_JOB_END_TIME` under Slurm",
  }),
  setting("wallTimeNoticeMs", ["RUNLIGHT_WALL_TIME_NOTICE", "wall_time_notice"], integer(secondMs, 24 * hourMs), {
    meaning: "Milliseconds before that time at which it is told and the program's checkpoint is called",
  }),
  setting("checkpointSignal", ["RUNLIGHT_CHECKPOINT_SIGNAL", "checkpoint_signal"], wallTimeRule.checkpointSignal, {
    meaning: "Signal besides `SIGTERM` that does the same",
  }),
  setting("checkpointTimeoutMs", ["RUNLIGHT_CHECKPOINT_TIMEOUT", "checkpoint_timeout"], integer(1, hourMs), {
    meaning: "Milliseconds the program's checkpoint may take; Slurm kills 30 s after `SIGTERM`",
  }),
];

function setting<K extends RunlightKey>(
  option: K,
  [variable, fileKey]: readonly [variable: string | undefined, fileKey: string],
  rule: Rule<SettingValues[K]>,
  { meaning }: { readonly meaning: string },
): RunlightSetting {
  const claimOf = (value: SettingValues[K] | undefined): Claim | undefined =>
    value === undefined ? undefined : claim(option, value);
  const fallback: unknown = option === "jobEndTime" ? [] : runlightDefaults[option];
  return {
    option,
    variable,
    fileKey,
    meaning,
    values: rule.text,
    fallback: Array.isArray(fallback) ? "none" : String(fallback),
    accept: (value) => claimOf(rule.accept(value)),
    parse: (text) => claimOf(rule.parse(text)),
  };
}
