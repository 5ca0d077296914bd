export { kernel, pipeline, stage, workflow } from "./operation/kinds.ts";
export type { OperationApi } from "./operation/kinds.ts";
export { defineWorkflow } from "./operation/define-workflow.ts";
export type { DefinedWorkflow, WorkflowDefinition } from "./operation/define-workflow.ts";
export { Kernel, Pipeline, Stage, Workflow } from "./operation/decorators.ts";
export type { OperationDecorator } from "./operation/decorators.ts";
export { Operation } from "./operation/operation.ts";
export { runInside } from "./operation/run-inside.ts";
export type { OperationOptions, WorkflowOptions } from "./operation/begin-operation.ts";
export type { AnyFunction, WrapOptions } from "./operation/wrap-function.ts";
export type { Progress } from "./operation/progress.ts";
export { observeQueueSize } from "./queue/queue-size.ts";
export type { ObserveQueueOptions, QueueObservation } from "./queue/queue-size.ts";
export type { QueueCounts, QueueState } from "./queue/queue-size-instrument.ts";
export { startQueueing } from "./queue/start-queueing.ts";
export type { Queueing, QueueOptions, QueueTicket } from "./queue/start-queueing.ts";
export type { QueueCarrier } from "./queue/queue-carrier.ts";
export type { PipelineApi, PipelineOptions } from "./queue/pipeline-api.ts";
export type { RequeueOptions, TakenPipeline, TakeOptions } from "./queue/taken-pipeline.ts";
export { retry } from "./retry/retry.ts";
export type { RecoveryStrategy, RetryOptions } from "./retry/retry-options.ts";
export { activeOperation, operationAttributes } from "./context/active-operation.ts";
export { withBindings } from "./context/bound-attributes.ts";
export type { ContextBindings } from "./context/bound-attributes.ts";
export { isTracingSuppressed, spanOf, withSpan } from "./context/operation-context.ts";
export { setProcessContext } from "./context/process-context.ts";
export { operationChannels } from "./operation/channels.ts";
export { countMetric, emitEvent, emitEventInRuns, isRunActive, noteLogRecord } from "./run/events.ts";
export type { EventInput, ForeignLogRecord } from "./run/events.ts";
export { recordConfiguration } from "./run/configuration.ts";
export { recordArtifact } from "./run/artifact.ts";
export type { Run } from "./run/run.ts";
export { isRunId } from "./run/run-id.ts";
export { setHeartbeatInterval } from "./run/heartbeat-interval.ts";
export { describeException, exceptionAttributes } from "./record/exception.ts";
export type { ExceptionDescription } from "./record/exception.ts";
export type { AttributesInput } from "./record/attributes.ts";
export { setOperationSink } from "./sink/registered-sink.ts";
export { operationScope } from "./sink/scope.ts";
export { observeRuns } from "./sink/api-run-gauges.ts";
export { isApiRegistered } from "./sink/api-registrations.ts";
export type { ApiGlobal } from "./sink/api-registrations.ts";
export { createApiSink } from "./sink/api-sink.ts";
export type { ApiSinkHooks } from "./sink/api-sink.ts";
export type { MeasurementRecorder } from "./sink/measurement-recorder.ts";
export { closedMeasurements, openedMeasurements } from "./sink/measurements.ts";
export type { Measurement } from "./sink/measurements.ts";
export type {
  AttributeParts,
  EventRecord,
  OpenOperation,
  OperationEnd,
  OperationSink,
  OperationStart,
  RunIdentity,
} from "./sink/operation-sink.ts";
export { severityNumbers } from "./sink/severity.ts";
export { createSummaryBuilder } from "./summary/summary-builder.ts";
export type { SummaryBuilder, SummaryIdentity, SummaryState } from "./summary/summary-builder.ts";
export type { SummaryEvent } from "./summary/summary-event.ts";
export { renderRunSummary } from "./summary/summary-page.ts";
export type { PageSettings } from "./summary/summary-page.ts";
export type {
  ArtifactSummary,
  BottleneckSummary,
  CheckSummary,
  ErrorList,
  ErrorSummary,
  ItemsSummary,
  KernelSummary,
  NoticeList,
  NoticeSummary,
  PipelineSummary,
  ProgressSummary,
  RunSummary,
  StageSummary,
  SuccessRate,
  SuccessSummary,
} from "./summary/run-summary.ts";
export { formatBytes } from "./format/bytes.ts";
export { formatCount, formatShare } from "./format/count.ts";
export { formatDuration } from "./format/duration.ts";
export { formatTime, formatTimeOfDay } from "./format/time.ts";
