import type { Attributes, TextMapPropagator } from "@opentelemetry/api";
import type { Instrumentation } from "@opentelemetry/instrumentation";
import type { LogRecordProcessor } from "@opentelemetry/sdk-logs";
import type { MetricReader, ViewOptions } from "@opentelemetry/sdk-metrics";
import type { Sampler, SpanProcessor } from "@opentelemetry/sdk-trace";
import type { CheckpointSignal } from "./rules/wall-time-rules.ts";

/** Why a checkpoint is called for. */
export interface CheckpointReason {
  readonly cause: "end_time" | "signal";
  /** The signal that came; `undefined` for an end time. */
  readonly signal: NodeJS.Signals | undefined;
  /** Seconds until the end of the job, where that is known. */
  readonly remainingSeconds: number | undefined;
}

/** What a user may give to `initTelemetry()`. Options stand above `OTEL_*` variables, those above the file, that above the defaults. */
export interface TelemetryConfig {
  /** `service.name`. Default: the name in the nearest `package.json`, else `unknown_service:node`. */
  readonly service?: string;
  /** `service.version`. Default: the version in the nearest `package.json`. */
  readonly serviceVersion?: string;
  /** `deployment.environment.name`. Default: none. */
  readonly environment?: string;
  /** Further resource attributes. */
  readonly resourceAttributes?: Attributes;
  /** Base URL of an OTLP/HTTP receiver; `OTEL_EXPORTER_OTLP_ENDPOINT`. Default: none, telemetry stays on disk. */
  readonly endpoint?: string;
  /** Headers of each export request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** `spool` (default) writes to disk and ships from there; `direct` uses the stock OTLP exporters and no disk; `off` does nothing. */
  readonly mode?: "direct" | "off" | "spool";
  /** Directory of `.runlight`. Default: `.runlight` in the working directory; `RUNLIGHT_DIRECTORY`. */
  readonly directory?: string;
  /** Path of the configuration file. Default: `OTEL_CONFIG_FILE`, else `runlight.yaml` in the working directory where there is one. */
  readonly file?: string;
  readonly spool?: SpoolConfig;
  /** Key patterns (globs, case-insensitive) whose values are redacted, besides the built-in ones. */
  readonly redactKeys?: readonly string[];
  /** Interval between heartbeats of a run, 1 s to 1 h. Default 15 s. */
  readonly heartbeatIntervalMs?: number;
  /** Interval between metric exports. Default 60 s; `OTEL_METRIC_EXPORT_INTERVAL`. */
  readonly metricIntervalMs?: number;
  /** Upper bound of the shutdown at the end of the process. Default 5 s. */
  readonly shutdownTimeoutMs?: number;
  /** Emit host and runtime metrics. Default true. */
  readonly hostMetrics?: boolean;
  /** Measure operations in cells of Runlight's own: with exemplars, and unseen by `views`. Default true; in mode `direct` it has no effect. */
  readonly fastLane?: boolean;
  /** Turn `console.*` calls into log records as well. Default false. */
  readonly captureConsole?: boolean;
  /** What to show of runs on this process's terminal (stderr). `auto`: a progress bar on a terminal, lines otherwise. Default `none`. */
  readonly display?: "auto" | "lines" | "none";
  /** When the process will be ended from outside: a date, or Unix time in milliseconds. Default: `SLURM_JOB_END_TIME`, else none. */
  readonly jobEndTime?: Date | number;
  /** How long before that time it is told, and `checkpoint` called, 1 s to 24 h. Default 60 s. */
  readonly wallTimeNoticeMs?: number;
  /**
   * Saves what the program needs to go on later; called once, when the end of the job is near or at the first SIGTERM or `checkpointSignal`,
   * after telemetry was flushed. What it throws is recorded and goes no further. Where it is given, `checkpointSignal` does not end the process.
   */
  readonly checkpoint?: (reason: CheckpointReason) => Promise<void> | void;
  /** Signal besides SIGTERM that says the end is near. Default SIGUSR2. */
  readonly checkpointSignal?: CheckpointSignal;
  /** Bound of `checkpoint`, 1 ms to 1 h. Default 25 s. A process that is to end by a signal ends no later than this and a flush after it. */
  readonly checkpointTimeoutMs?: number;
  readonly instrumentations?: readonly Instrumentation[];
  readonly spanProcessors?: readonly SpanProcessor[];
  readonly logRecordProcessors?: readonly LogRecordProcessor[];
  readonly metricReaders?: readonly MetricReader[];
  readonly sampler?: Sampler;
  readonly views?: readonly ViewOptions[];
  readonly propagator?: TextMapPropagator;
}

/** Bounds of the spool. */
export interface SpoolConfig {
  /** Bytes of all spools together, 1 MiB or more. Default 1 GiB. */
  readonly maxSizeBytes?: number;
  /** Days a finished spool is kept, 0 to 3650. Default 14. */
  readonly maxAgeDays?: number;
  /** Bytes waiting in memory while the disk refuses, 64 KiB or more. Default 8 MiB. */
  readonly maxBufferBytes?: number;
  /** `fsync` after each prompt write; survives a power failure, costs milliseconds a write. Default false. */
  readonly fsync?: boolean;
}
