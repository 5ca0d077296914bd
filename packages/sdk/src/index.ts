export { initTelemetry } from "./init-telemetry.ts";
export type { Telemetry } from "./telemetry.ts";
export type { SignalAccount, TelemetryAccount } from "./account.ts";
export type { CheckpointReason, SpoolConfig, TelemetryConfig } from "./config/telemetry-config.ts";
export type { SettingOrigin, TelemetrySettings } from "./config/telemetry-settings.ts";
export { resolveSettings } from "./config/resolve-settings.ts";
export { TelemetryConfigError } from "./config/telemetry-config-error.ts";

export { defineWorkflow, kernel, pipeline, stage, workflow } from "@runlight/core";
export { Kernel, Pipeline, Stage, Workflow } from "@runlight/core";
export { activeOperation, countMetric, emitEvent, recordArtifact, recordConfiguration } from "@runlight/core";
export { observeQueueSize, retry, runInside, startQueueing, withBindings } from "@runlight/core";
export type {
  DefinedWorkflow,
  ContextBindings,
  Operation,
  OperationApi,
  OperationOptions,
  PipelineOptions,
  Progress,
  QueueCarrier,
  QueueTicket,
  RecoveryStrategy,
  RetryOptions,
  RunSummary,
  WorkflowDefinition,
  WorkflowOptions,
  WrapOptions,
} from "@runlight/core";
export { createLogger, createOpenTelemetryTransport } from "@runlight/logging";
export type { LoggerConfig, RunlightLogger } from "@runlight/logging";
export { ExecError, exec } from "@runlight/host";
export type { ExecOptions, ExecResult } from "@runlight/host";
export { checkQuality } from "@runlight/science";
