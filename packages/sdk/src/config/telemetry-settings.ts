import type { Attributes, DiagLogLevel, TextMapPropagator } from "@opentelemetry/api";
import type { LogRecordLimits } from "@opentelemetry/sdk-logs";
import type { ViewOptions } from "@opentelemetry/sdk-metrics";
import type { Sampler, SpanLimits } from "@opentelemetry/sdk-trace";
import type { OtlpEndpoint, SpoolBounds } from "@runlight/spool";
import type { CheckpointSignal } from "./rules/wall-time-rules.ts";
import type { BatchValues } from "./setting-values.ts";
import type { TelemetryConfig } from "./telemetry-config.ts";

/** What the configuration resolves to: every value known, every fault told. */
export interface TelemetrySettings {
  /** False when `OTEL_SDK_DISABLED` or `mode: "off"` says so. */
  readonly enabled: boolean;
  readonly mode: "direct" | "spool";
  /** Absolute path of `.runlight`. */
  readonly directory: string;
  /** Absolute path of the configuration file that was read. */
  readonly file: string | undefined;
  /** Level of OpenTelemetry's own diagnostics: `OTEL_LOG_LEVEL`; `undefined` where nobody says. */
  readonly diagnosticLevel: DiagLogLevel | undefined;
  readonly resourceAttributes: Attributes;
  /** Where each signal goes; `undefined` keeps it on disk, `"none"` discards it at the source (`OTEL_*_EXPORTER=none`). */
  readonly traces: OtlpEndpoint | "none" | undefined;
  readonly metrics: OtlpEndpoint | "none" | undefined;
  readonly logs: OtlpEndpoint | "none" | undefined;
  /** OTLP encoding in `direct` mode: `OTEL_EXPORTER_OTLP_PROTOCOL`. The spool always ships protobuf. */
  readonly protocol: "http/json" | "http/protobuf";
  readonly sampler: Sampler;
  readonly spanLimits: SpanLimits;
  readonly logRecordLimits: LogRecordLimits;
  readonly propagator: TextMapPropagator;
  readonly views: readonly ViewOptions[];
  readonly bounds: SpoolBounds;
  /** What `OTEL_BSP_*` and the file say of the span queue of mode `direct`: options of the stock processor. */
  readonly spanBatch: Partial<BatchValues>;
  /** The same for log records: `OTEL_BLRP_*`. */
  readonly logRecordBatch: Partial<BatchValues>;
  readonly redactKeys: readonly string[];
  readonly heartbeatIntervalMs: number;
  readonly metricIntervalMs: number;
  /** Bound of one metric export in mode `direct`, at most the interval: `OTEL_METRIC_EXPORT_TIMEOUT`. */
  readonly metricTimeoutMs: number;
  readonly shutdownTimeoutMs: number;
  readonly hostMetrics: boolean;
  readonly fastLane: boolean;
  readonly captureConsole: boolean;
  readonly display: "auto" | "lines" | "none";
  /** Unix time in milliseconds at which the process will be ended from outside; `undefined` where nobody says. */
  readonly jobEndTimeMs: number | undefined;
  readonly wallTimeNoticeMs: number;
  readonly checkpointSignal: CheckpointSignal;
  readonly checkpointTimeoutMs: number;
  /** The user's own parts, passed through unchanged. */
  readonly parts: Pick<
    TelemetryConfig,
    "checkpoint" | "instrumentations" | "logRecordProcessors" | "metricReaders" | "spanProcessors"
  >;
  /** Where each setting came from, by its path: for `runlight config show --origin`. */
  readonly origins: ReadonlyMap<string, SettingOrigin>;
}

/** Where a setting came from. */
export interface SettingOrigin {
  readonly source: "default" | "environment" | "file" | "option";
  /** Variable name, file path with line, or option path. */
  readonly where: string;
  /** The value, secrets redacted. */
  readonly value: string;
}
