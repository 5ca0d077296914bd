import type { DiagLogLevel, TextMapPropagator } from "@opentelemetry/api";
import type { ViewOptions } from "@opentelemetry/sdk-metrics";
import type { Sampler } from "@opentelemetry/sdk-trace";
import type { Signal } from "@runlight/spool";
import type { CheckpointSignal } from "./rules/wall-time-rules.ts";

/** How one signal is exported, as each source may say it. */
export interface ExporterValues {
  readonly exporter: "none" | "otlp";
  /** Full URL. */
  readonly endpoint: string;
  readonly timeoutMs: number;
  readonly compression: "gzip" | "none";
  readonly protocol: "http/json" | "http/protobuf";
  readonly caFile: string;
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** Queue of a stock batch processor; used in `direct` mode only. */
export interface BatchValues {
  readonly maxQueueSize: number;
  readonly maxExportBatchSize: number;
  readonly scheduledDelayMillis: number;
  readonly exportTimeoutMillis: number;
}

/** Limits of attributes, events and links. */
export interface LimitValues {
  readonly attributeValueLengthLimit: number;
  readonly attributeCountLimit: number;
  readonly eventCountLimit: number;
  readonly linkCountLimit: number;
  readonly attributePerEventCountLimit: number;
  readonly attributePerLinkCountLimit: number;
}

/** Value of a resource attribute: lists hold values of one type. */
export type ResourceValue = boolean | number | string | boolean[] | number[] | string[];

type Prefixed<P extends string, T> = { readonly [K in keyof T & string as `${P}.${K}`]: T[K] };

/** Every setting that options, environment and file can give, by its path, and the type of its value. */
export interface SettingValues
  extends
    Prefixed<"traces", ExporterValues>,
    Prefixed<"metrics", ExporterValues>,
    Prefixed<"logs", ExporterValues>,
    Prefixed<"spanBatch" | "logRecordBatch", BatchValues>,
    Prefixed<"spanLimits", LimitValues>,
    Prefixed<"logRecordLimits", Pick<LimitValues, "attributeCountLimit" | "attributeValueLengthLimit">> {
  readonly disabled: boolean;
  readonly mode: "direct" | "off" | "spool";
  readonly directory: string;
  readonly file: string;
  readonly diagnosticLevel: DiagLogLevel;
  readonly sampler: Sampler;
  readonly propagator: TextMapPropagator;
  readonly views: readonly ViewOptions[];
  readonly metricIntervalMs: number;
  readonly metricTimeoutMs: number;
  readonly "spool.maxSizeBytes": number;
  readonly "spool.maxAgeDays": number;
  readonly "spool.maxBufferBytes": number;
  readonly "spool.fsync": boolean;
  readonly redactKeys: readonly string[];
  readonly heartbeatIntervalMs: number;
  readonly shutdownTimeoutMs: number;
  readonly hostMetrics: boolean;
  readonly fastLane: boolean;
  readonly captureConsole: boolean;
  readonly display: "auto" | "lines" | "none";
  /** Unix time in milliseconds. */
  readonly jobEndTime: number;
  readonly wallTimeNoticeMs: number;
  readonly checkpointSignal: CheckpointSignal;
  readonly checkpointTimeoutMs: number;
  readonly [attribute: `resourceAttributes.${string}`]: ResourceValue;
  readonly [header: `${Signal}.headers.${string}`]: string;
}

/** Path of a setting. */
export type SettingKey = keyof SettingValues & string;

/** The three signals, in the order in which they are told. */
export const signals: readonly Signal[] = ["traces", "metrics", "logs"];
