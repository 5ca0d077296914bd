// Generated from src/registry by scripts/generate.ts. Do not edit.

/** Name of the workflow; the same for all its runs. */
export const ATTR_WORKFLOW_DEFINITION_NAME = "workflow.definition.name";
/** Version of the workflow's definition. */
export const ATTR_WORKFLOW_DEFINITION_VERSION = "workflow.definition.version";
/** Id of the run; sorts by time. */
export const ATTR_WORKFLOW_EXECUTION_ID = "workflow.execution.id";
/** How the run ended. */
export const ATTR_WORKFLOW_EXECUTION_OUTCOME = "workflow.execution.outcome";
/** Where the run is in its life. */
export const ATTR_WORKFLOW_EXECUTION_STATE = "workflow.execution.state";
/** What set the run going. */
export const ATTR_WORKFLOW_TRIGGER_TYPE = "workflow.trigger.type";
/** Kind of the operation. */
export const ATTR_RUNLIGHT_OPERATION_KIND = "runlight.operation.kind";
/** Name of the operation, as the program gave it. */
export const ATTR_RUNLIGHT_OPERATION_NAME = "runlight.operation.name";
/** How the operation ended. `error` is an end from outside (killed, out of memory, refused by the system). */
export const ATTR_RUNLIGHT_OPERATION_OUTCOME = "runlight.operation.outcome";
/** How long the operation took, in seconds. */
export const ATTR_RUNLIGHT_OPERATION_DURATION = "runlight.operation.duration";
/** How long the operation was at work itself: while nothing inside it was open, in seconds. */
export const ATTR_RUNLIGHT_OPERATION_SELF_DURATION = "runlight.operation.self_duration";
/** Span id of the operation's parent, on its started record, so that recovery can close it. */
export const ATTR_RUNLIGHT_OPERATION_PARENT_SPAN_ID = "runlight.operation.parent_span_id";
/** True when the operation ended only because its parent did. */
export const ATTR_RUNLIGHT_OPERATION_ABANDONED = "runlight.operation.abandoned";
/** True on a span written by recovery: the process was gone before the operation ended. */
export const ATTR_RUNLIGHT_OPERATION_LOST = "runlight.operation.lost";
/** Number of the attempt, from 1. */
export const ATTR_RUNLIGHT_OPERATION_ATTEMPT = "runlight.operation.attempt";
/** On a summary span: the same-named children it stands for, exactly. */
export const ATTR_RUNLIGHT_FOLD_COUNT = "runlight.fold.count";
/** On a summary span: how many of them have spans of their own besides (the slowest, the failed, a sample). */
export const ATTR_RUNLIGHT_FOLD_KEPT = "runlight.fold.kept";
/** On a summary span: how many of them did not end well. */
export const ATTR_RUNLIGHT_FOLD_FAILED = "runlight.fold.failed";
/** On the record of folded children: how many of them were attempts. */
export const ATTR_RUNLIGHT_FOLD_ATTEMPTS = "runlight.fold.attempts";
/** On a summary span: sum of their durations, in seconds. */
export const ATTR_RUNLIGHT_FOLD_DURATION_SUM = "runlight.fold.duration.sum";
/** On a summary span: the shortest, in seconds. */
export const ATTR_RUNLIGHT_FOLD_DURATION_MIN = "runlight.fold.duration.min";
/** On a summary span: the median within 1 %, in seconds. */
export const ATTR_RUNLIGHT_FOLD_DURATION_P50 = "runlight.fold.duration.p50";
/** On a summary span: the 95th percentile within 1 %, in seconds. */
export const ATTR_RUNLIGHT_FOLD_DURATION_P95 = "runlight.fold.duration.p95";
/** On a summary span: the longest, in seconds. */
export const ATTR_RUNLIGHT_FOLD_DURATION_MAX = "runlight.fold.duration.max";
/** Pipelines that were queued within the operation. */
export const ATTR_RUNLIGHT_PIPELINE_QUEUED = "runlight.pipeline.queued";
/** How long the pipeline waited in its queue, in seconds. */
export const ATTR_RUNLIGHT_PIPELINE_QUEUE_DURATION = "runlight.pipeline.queue.duration";
/** Where in its queue a pipeline is. */
export const ATTR_RUNLIGHT_QUEUE_STATE = "runlight.queue.state";
/** What a link leads to: the span that queued the pipeline, the attempt before, or what the consumer was doing. */
export const ATTR_RUNLIGHT_LINK_KIND = "runlight.link.kind";
/** What is wrong with a queued pipeline's carrier: no text, too long, or not readable. */
export const ATTR_RUNLIGHT_CARRIER_FAULT = "runlight.carrier.fault";
/** Name of the recovery strategy applied to an error. */
export const ATTR_RUNLIGHT_RECOVERY_STRATEGY = "runlight.recovery.strategy";
/** Seconds until the next attempt. */
export const ATTR_RUNLIGHT_RECOVERY_DELAY = "runlight.recovery.delay";
/** Name of the innermost stage around a span or record. */
export const ATTR_RUNLIGHT_STAGE_NAME = "runlight.stage.name";
/** Name of the innermost pipeline around a span or record. */
export const ATTR_RUNLIGHT_PIPELINE_NAME = "runlight.pipeline.name";
/** What the run or stage works on: a month, a sample, a session. */
export const ATTR_RUNLIGHT_SUBJECT_ID = "runlight.subject.id";
/** The user's own correlation id. */
export const ATTR_RUNLIGHT_CORRELATION_ID = "runlight.correlation.id";
/** Units done so far. */
export const ATTR_RUNLIGHT_PROGRESS_DONE = "runlight.progress.done";
/** Units in all, when known. */
export const ATTR_RUNLIGHT_PROGRESS_TOTAL = "runlight.progress.total";
/** What is counted, in the singular. */
export const ATTR_RUNLIGHT_PROGRESS_UNIT = "runlight.progress.unit";
/** Seconds until the run is likely to end, supposing that the rest goes as fast as what is done. */
export const ATTR_RUNLIGHT_ETA_SECONDS = "runlight.eta.seconds";
/** Items the operation has processed. */
export const ATTR_RUNLIGHT_ITEMS_PROCESSED = "runlight.items.processed";
/** What an item is, in the singular. */
export const ATTR_RUNLIGHT_ITEMS_UNIT = "runlight.items.unit";
/** The operations open at a heartbeat, outermost first, as `kind name`. */
export const ATTR_RUNLIGHT_OPEN_OPERATIONS = "runlight.open.operations";
/** Seconds until the next heartbeat is due. */
export const ATTR_RUNLIGHT_HEARTBEAT_INTERVAL = "runlight.heartbeat.interval";
/** What says that the process is about to be ended: the end time of its job, or a signal. */
export const ATTR_RUNLIGHT_WALLTIME_CAUSE = "runlight.walltime.cause";
/** The signal that says so. */
export const ATTR_RUNLIGHT_WALLTIME_SIGNAL = "runlight.walltime.signal";
/** Seconds until the end time of the job, where that is known. */
export const ATTR_RUNLIGHT_WALLTIME_REMAINING = "runlight.walltime.remaining";
/** How the program's checkpoint came out. */
export const ATTR_RUNLIGHT_CHECKPOINT_OUTCOME = "runlight.checkpoint.outcome";
/** How long the checkpoint took, in seconds. */
export const ATTR_RUNLIGHT_CHECKPOINT_DURATION = "runlight.checkpoint.duration";
/** SHA-256 of the run's configuration, the same whatever the order of its keys, in hexadecimal. */
export const ATTR_RUNLIGHT_WORKFLOW_CONFIG_HASH = "runlight.workflow.config.hash";
/** The branch checked out in the working directory. */
export const ATTR_VCS_REF_HEAD_NAME = "vcs.ref.head.name";
/** The commit checked out in the working directory. */
export const ATTR_VCS_REF_HEAD_REVISION = "vcs.ref.head.revision";
/** Where the repository comes from, without credentials. */
export const ATTR_VCS_REPOSITORY_URL_FULL = "vcs.repository.url.full";
/** True when files that Git knows differ from the commit. */
export const ATTR_RUNLIGHT_VCS_DIRTY = "runlight.vcs.dirty";
/** Resident memory when the operation began, in bytes. */
export const ATTR_RUNLIGHT_MEMORY_START = "runlight.memory.start";
/** Resident memory when the operation ended, in bytes. */
export const ATTR_RUNLIGHT_MEMORY_END = "runlight.memory.end";
/** Highest resident memory seen during the operation, in bytes. */
export const ATTR_RUNLIGHT_MEMORY_PEAK = "runlight.memory.peak";
/** Name of a data-quality check. */
export const ATTR_RUNLIGHT_CHECK_NAME = "runlight.check.name";
/** What the check found. */
export const ATTR_RUNLIGHT_CHECK_OUTCOME = "runlight.check.outcome";
/** The value checked. */
export const ATTR_RUNLIGHT_CHECK_VALUE = "runlight.check.value";
/** Lowest value that passes. */
export const ATTR_RUNLIGHT_CHECK_MIN = "runlight.check.min";
/** Highest value that passes. */
export const ATTR_RUNLIGHT_CHECK_MAX = "runlight.check.max";
/** Why the check did not pass. */
export const ATTR_RUNLIGHT_CHECK_REASON = "runlight.check.reason";
/** UCUM unit of the checked value. */
export const ATTR_RUNLIGHT_CHECK_UNIT = "runlight.check.unit";
/** Where the artifact is, relative to the working directory where possible. */
export const ATTR_RUNLIGHT_ARTIFACT_PATH = "runlight.artifact.path";
/** Size of the artifact, in bytes. */
export const ATTR_RUNLIGHT_ARTIFACT_SIZE = "runlight.artifact.size";
/** SHA-256 of the artifact, in hexadecimal. */
export const ATTR_RUNLIGHT_ARTIFACT_SHA256 = "runlight.artifact.sha256";
/** Warnings logged within the run. */
export const ATTR_RUNLIGHT_WARNING_COUNT = "runlight.warning.count";
/** Operations and records of the run that report an error. */
export const ATTR_RUNLIGHT_ERROR_COUNT = "runlight.error.count";
/** What recovery found: why the process is taken for gone. */
export const ATTR_RUNLIGHT_LOST_EVIDENCE = "runlight.lost.evidence";
/** Time of the last record of the lost process, RFC 3339. */
export const ATTR_RUNLIGHT_LOST_LAST_SEEN = "runlight.lost.last_seen";
/** The telemetry signal a self-metric counts. */
export const ATTR_RUNLIGHT_SIGNAL = "runlight.signal";
/** Why telemetry was dropped. */
export const ATTR_RUNLIGHT_DROP_REASON = "runlight.drop.reason";
/** The queue's software. */
export const ATTR_MESSAGING_SYSTEM = "messaging.system";
/** Name of the queue, as its software knows it. */
export const ATTR_MESSAGING_DESTINATION_NAME = "messaging.destination.name";
/** What was done, in the words of the queue's software. */
export const ATTR_MESSAGING_OPERATION_NAME = "messaging.operation.name";
/** What was done, in general words. */
export const ATTR_MESSAGING_OPERATION_TYPE = "messaging.operation.type";
/** Id of the job within its queue. */
export const ATTR_MESSAGING_MESSAGE_ID = "messaging.message.id";
/** Jobs that were queued together. */
export const ATTR_MESSAGING_BATCH_MESSAGE_COUNT = "messaging.batch.message_count";
/** Name of the job within its queue. */
export const ATTR_RUNLIGHT_QUEUE_JOB_NAME = "runlight.queue.job.name";
/** The user's session. */
export const ATTR_SESSION_ID = "session.id";
/** The user on whose behalf the work is done. */
export const ATTR_USER_ID = "user.id";
/** The stream a captured line came from. */
export const ATTR_LOG_IOSTREAM = "log.iostream";
/** Name of the program a child process runs. */
export const ATTR_PROCESS_EXECUTABLE_NAME = "process.executable.name";
/** Command and arguments of a child process; only where it is asked for, as they may hold secrets. */
export const ATTR_PROCESS_COMMAND_ARGS = "process.command_args";
/** Process id of a child process. */
export const ATTR_PROCESS_PID = "process.pid";
/** Exit code of a child process; absent when a signal ended it. */
export const ATTR_PROCESS_EXIT_CODE = "process.exit.code";
/** Signal that ended a child process. */
export const ATTR_RUNLIGHT_PROCESS_SIGNAL = "runlight.process.signal";
/** Why a child process ended. */
export const ATTR_RUNLIGHT_PROCESS_END_CAUSE = "runlight.process.end.cause";
/** Processes that the kernel killed for want of memory in the control groups of a child process, while it ran. */
export const ATTR_RUNLIGHT_PROCESS_OOM_KILLS = "runlight.process.oom_kills";
/** CPU time of a child process and all its descendants, in seconds. */
export const ATTR_RUNLIGHT_PROCESS_CPU_TIME = "runlight.process.cpu.time";
/** Highest resident memory of a child process and its descendants together, in bytes, as sampled; pages they share count for each. */
export const ATTR_RUNLIGHT_PROCESS_MEMORY_PEAK = "runlight.process.memory.peak";
/** File that holds a child process's output as it came. */
export const ATTR_RUNLIGHT_PROCESS_LOG_FILE = "runlight.process.log_file";
/** Bytes of output that the file does not hold: beyond its bound, or refused by the disk. */
export const ATTR_RUNLIGHT_PROCESS_LOG_FILE_DROPPED = "runlight.process.log_file.dropped";
/** Bytes a child process wrote to its stdout. */
export const ATTR_RUNLIGHT_PROCESS_STDOUT_SIZE = "runlight.process.stdout.size";
/** Bytes a child process wrote to its stderr. */
export const ATTR_RUNLIGHT_PROCESS_STDERR_SIZE = "runlight.process.stderr.size";
/** The end of the stdout of a child process that failed. */
export const ATTR_RUNLIGHT_PROCESS_STDOUT_TAIL = "runlight.process.stdout.tail";
/** The end of the stderr of a child process that failed. */
export const ATTR_RUNLIGHT_PROCESS_STDERR_TAIL = "runlight.process.stderr.tail";
/** Lines of output that are no log records, as they came too fast. */
export const ATTR_RUNLIGHT_PROCESS_OUTPUT_UNRECORDED = "runlight.process.output.unrecorded";
/** On a captured line that was cut: its full size, in bytes. */
export const ATTR_RUNLIGHT_LINE_SIZE = "runlight.line.size";
/** True on a captured line that was no UTF-8: what could not be read is replaced. */
export const ATTR_RUNLIGHT_LINE_REPLACED = "runlight.line.replaced";
/** Class of the error, low in cardinality. */
export const ATTR_ERROR_TYPE = "error.type";
/** Class of the exception. */
export const ATTR_EXCEPTION_TYPE = "exception.type";
/** Message of the exception, redacted. */
export const ATTR_EXCEPTION_MESSAGE = "exception.message";
/** Stack of the exception, with its causes. */
export const ATTR_EXCEPTION_STACKTRACE = "exception.stacktrace";
/** True when the exception left the process unhandled. */
export const ATTR_EXCEPTION_ESCAPED = "exception.escaped";
/** The program. */
export const RESOURCE_SERVICE_NAME = "service.name";
/** Its version. */
export const RESOURCE_SERVICE_VERSION = "service.version";
/** The same for every run of one job on one host. */
export const RESOURCE_SERVICE_INSTANCE_ID = "service.instance.id";
/** `runlight`. */
export const RESOURCE_TELEMETRY_DISTRO_NAME = "telemetry.distro.name";
/** Version of Runlight. */
export const RESOURCE_TELEMETRY_DISTRO_VERSION = "telemetry.distro.version";
/** Name of the host. */
export const RESOURCE_HOST_NAME = "host.name";
/** Its processor architecture. */
export const RESOURCE_HOST_ARCH = "host.arch";
/** The container, where the process runs in one and the kernel tells which. */
export const RESOURCE_CONTAINER_ID = "container.id";
/** Its operating system. */
export const RESOURCE_OS_TYPE = "os.type";
/** Version of the operating system. */
export const RESOURCE_OS_VERSION = "os.version";
/** Process id. */
export const RESOURCE_PROCESS_PID = "process.pid";
/** User the process runs as. */
export const RESOURCE_PROCESS_OWNER = "process.owner";
/** Name of the executable. */
export const RESOURCE_PROCESS_EXECUTABLE_NAME = "process.executable.name";
/** `nodejs`. */
export const RESOURCE_PROCESS_RUNTIME_NAME = "process.runtime.name";
/** Repository of the working directory, without credentials, where Git holds it. */
export const RESOURCE_VCS_REPOSITORY_URL_FULL = "vcs.repository.url.full";
/** The branch that is checked out there. */
export const RESOURCE_VCS_REF_HEAD_NAME = "vcs.ref.head.name";
/** The commit that is checked out there. */
export const RESOURCE_VCS_REF_HEAD_REVISION = "vcs.ref.head.revision";
/** Version of Node.js. */
export const RESOURCE_PROCESS_RUNTIME_VERSION = "process.runtime.version";
/** A run began. */
export const EVENT_WORKFLOW_STARTED = "workflow.started";
/** A run ended with outcome success or skip. */
export const EVENT_WORKFLOW_COMPLETED = "workflow.completed";
/** A run ended with any other outcome. */
export const EVENT_WORKFLOW_FAILED = "workflow.failed";
/** Recovery found a run whose process is gone without an end. */
export const EVENT_WORKFLOW_LOST = "workflow.lost";
/** The run is at work: what is open, how far, how much memory. */
export const EVENT_WORKFLOW_HEARTBEAT = "workflow.heartbeat";
/** The run or a stage reported progress (at most once a second). */
export const EVENT_WORKFLOW_PROGRESS = "workflow.progress";
/** What the run did, told once at its end; the body is the summary. */
export const EVENT_WORKFLOW_SUMMARY = "workflow.summary";
/** The configuration of the run, redacted; the body is a map. */
export const EVENT_WORKFLOW_CONFIG = "workflow.config";
/** The process is about to be ended from outside: told once. */
export const EVENT_WORKFLOW_WALLTIME_NEAR = "workflow.walltime_near";
/** The program's checkpoint ended, or did not in time. */
export const EVENT_WORKFLOW_CHECKPOINT = "workflow.checkpoint";
/** A stage began. */
export const EVENT_STAGE_STARTED = "stage.started";
/** A stage ended with outcome success or skip. */
export const EVENT_STAGE_COMPLETED = "stage.completed";
/** A stage ended with any other outcome. */
export const EVENT_STAGE_FAILED = "stage.failed";
/** Stages of one name that were folded and left no records of their own: told once, when what is around them ends. */
export const EVENT_STAGE_FOLDED = "stage.folded";
/** Recovery found a stage whose process is gone without an end. */
export const EVENT_STAGE_LOST = "stage.lost";
/** A pipeline was put into a queue, to be run elsewhere or later. */
export const EVENT_PIPELINE_QUEUED = "pipeline.queued";
/** A pipeline began. */
export const EVENT_PIPELINE_STARTED = "pipeline.started";
/** A pipeline ended with outcome success or skip. */
export const EVENT_PIPELINE_COMPLETED = "pipeline.completed";
/** A pipeline ended with any other outcome. */
export const EVENT_PIPELINE_FAILED = "pipeline.failed";
/** Pipelines of one name that were folded and left no records of their own: told once, when what is around them ends. */
export const EVENT_PIPELINE_FOLDED = "pipeline.folded";
/** Recovery found a pipeline whose process is gone without an end. */
export const EVENT_PIPELINE_LOST = "pipeline.lost";
/** A kernel call failed. */
export const EVENT_KERNEL_FAILED = "kernel.failed";
/** A child process was started and its output is captured. */
export const EVENT_PROCESS_STARTED = "process.started";
/** A child process ended: how, why, at what cost. */
export const EVENT_PROCESS_EXITED = "process.exited";
/** An attempt failed and another follows. */
export const EVENT_RECOVERY_RETRIED = "recovery.retried";
/** A recovery strategy was applied to an error before the next attempt. */
export const EVENT_RECOVERY_APPLIED = "recovery.applied";
/** The last attempt failed, or the error is not worth another: told once. */
export const EVENT_RECOVERY_EXHAUSTED = "recovery.exhausted";
/** A value was checked against its bounds; WARN and ERROR where it fails. */
export const EVENT_DATA_QUALITY_CHECK = "data.quality.check";
/** The run wrote a file worth keeping. */
export const EVENT_ARTIFACT_CREATED = "artifact.created";
/** An exception left the process: uncaught, or a rejection nobody handled. */
export const EVENT_EXCEPTION = "exception";
/** initTelemetry() came up. */
export const EVENT_TELEMETRY_STARTED = "telemetry.started";
/** What takes a moment to find out of where the first run of a process works: whether the files are those of the commit. */
export const EVENT_WORKFLOW_ENVIRONMENT = "workflow.environment";
/** Telemetry is shutting down; the body says what was kept, shipped and dropped. */
export const EVENT_TELEMETRY_STOPPED = "telemetry.stopped";
/** Duration of runs. Unit: s. */
export const METRIC_WORKFLOW_EXECUTION_DURATION = "workflow.execution.duration";
/** Runs now active. Unit: {execution}. */
export const METRIC_WORKFLOW_EXECUTION_ACTIVE = "workflow.execution.active";
/** Runs that did not end well. Unit: {error}. */
export const METRIC_WORKFLOW_EXECUTION_ERRORS = "workflow.execution.errors";
/** Progress of the active run, 0 to 1. Unit: 1. */
export const METRIC_RUNLIGHT_RUN_PROGRESS = "runlight.run.progress";
/** Unix time of the active run's last heartbeat. Unit: s. */
export const METRIC_RUNLIGHT_RUN_LAST_HEARTBEAT = "runlight.run.last_heartbeat";
/** 1 for each run now active; the one metric that names the run. Unit: {run}. */
export const METRIC_RUNLIGHT_RUN_INFO = "runlight.run.info";
/** Runs that recovery found lost: their process was gone without an end. Unit: {run}. */
export const METRIC_RUNLIGHT_RUN_LOST = "runlight.run.lost";
/** Duration of stages. Unit: s. */
export const METRIC_RUNLIGHT_STAGE_DURATION = "runlight.stage.duration";
/** Stages now open. Unit: {stage}. */
export const METRIC_RUNLIGHT_STAGE_ACTIVE = "runlight.stage.active";
/** Duration of pipelines. Unit: s. */
export const METRIC_RUNLIGHT_PIPELINE_DURATION = "runlight.pipeline.duration";
/** Pipelines now running. Unit: {pipeline}. */
export const METRIC_RUNLIGHT_PIPELINE_ACTIVE = "runlight.pipeline.active";
/** Pipelines put into a queue, further attempts among them. Unit: {pipeline}. */
export const METRIC_RUNLIGHT_PIPELINE_QUEUED = "runlight.pipeline.queued";
/** Time that pipelines waited in their queue. Unit: s. */
export const METRIC_RUNLIGHT_PIPELINE_QUEUE_DURATION = "runlight.pipeline.queue.duration";
/** Pipelines in the queue, by state, as the queue itself tells. Unit: {pipeline}. */
export const METRIC_RUNLIGHT_QUEUE_SIZE = "runlight.queue.size";
/** Times that a queue could not be asked for its size. Unit: {read}. */
export const METRIC_RUNLIGHT_QUEUE_READ_FAILURES = "runlight.queue.read.failures";
/** Parts of queued pipelines' carriers that were left out, or not believed. Unit: {fault}. */
export const METRIC_RUNLIGHT_QUEUE_CARRIER_FAULTS = "runlight.queue.carrier.faults";
/** Duration of kernel calls. Unit: s. */
export const METRIC_RUNLIGHT_KERNEL_DURATION = "runlight.kernel.duration";
/** Items processed. Unit: {item}. */
export const METRIC_RUNLIGHT_ITEMS_PROCESSED = "runlight.items.processed";
/** Attempts made by retry(), by how they ended. Unit: {attempt}. */
export const METRIC_RUNLIGHT_RECOVERY_ATTEMPTS = "runlight.recovery.attempts";
/** Child processes that the kernel killed for want of memory. Unit: {process}. */
export const METRIC_RUNLIGHT_PROCESS_OOM = "runlight.process.oom";
/** Lines of child processes' output that are no log records, as they came too fast. Unit: {line}. */
export const METRIC_RUNLIGHT_PROCESS_OUTPUT_UNRECORDED = "runlight.process.output.unrecorded";
/** Bytes of child processes' output that their files do not hold. Unit: By. */
export const METRIC_RUNLIGHT_PROCESS_LOG_FILE_DROPPED = "runlight.process.log_file.dropped";
/** Data-quality checks made. Unit: {check}. */
export const METRIC_RUNLIGHT_DATA_QUALITY_CHECKS = "runlight.data_quality.checks";
/** Spans, log records and metric exports written to the spool. Unit: {record}. */
export const METRIC_RUNLIGHT_SPOOL_RECORDS = "runlight.spool.records";
/** Spans, log records and metric exports that were dropped. Unit: {record}. */
export const METRIC_RUNLIGHT_SPOOL_DROPPED = "runlight.spool.dropped";
/** Size of this process's spool on disk. Unit: By. */
export const METRIC_RUNLIGHT_SPOOL_SIZE = "runlight.spool.size";
/** Spans, log records and metric exports acknowledged by the receiver. Unit: {record}. */
export const METRIC_RUNLIGHT_SHIP_RECORDS = "runlight.ship.records";
/** Export requests that failed and are tried again. Unit: {request}. */
export const METRIC_RUNLIGHT_SHIP_FAILURES = "runlight.ship.failures";

/** The kinds of operation. */
export type OperationKind = "workflow" | "stage" | "pipeline" | "kernel";

/** How an operation can end. */
export type Outcome = "success" | "failure" | "cancellation" | "timeout" | "skip" | "error";

/** What can set a run going. */
export type TriggerType = "manual" | "scheduled" | "event" | "retry";

/** What a data-quality check can find. */
export type CheckOutcome = "pass" | "warning" | "failure";

/** Why telemetry can be dropped. */
export type DropReason = "buffer_full" | "oversized" | "retention" | "rejected" | "closed" | "encoding_failed";

/** Every event name. */
export type EventName = "workflow.started" | "workflow.completed" | "workflow.failed" | "workflow.lost" | "workflow.heartbeat" | "workflow.progress" | "workflow.summary" | "workflow.config" | "workflow.walltime_near" | "workflow.checkpoint" | "stage.started" | "stage.completed" | "stage.failed" | "stage.folded" | "stage.lost" | "pipeline.queued" | "pipeline.started" | "pipeline.completed" | "pipeline.failed" | "pipeline.folded" | "pipeline.lost" | "kernel.failed" | "process.started" | "process.exited" | "recovery.retried" | "recovery.applied" | "recovery.exhausted" | "data.quality.check" | "artifact.created" | "exception" | "telemetry.started" | "workflow.environment" | "telemetry.stopped";

/** Every metric name. */
export type MetricName = "workflow.execution.duration" | "workflow.execution.active" | "workflow.execution.errors" | "runlight.run.progress" | "runlight.run.last_heartbeat" | "runlight.run.info" | "runlight.run.lost" | "runlight.stage.duration" | "runlight.stage.active" | "runlight.pipeline.duration" | "runlight.pipeline.active" | "runlight.pipeline.queued" | "runlight.pipeline.queue.duration" | "runlight.queue.size" | "runlight.queue.read.failures" | "runlight.queue.carrier.faults" | "runlight.kernel.duration" | "runlight.items.processed" | "runlight.recovery.attempts" | "runlight.process.oom" | "runlight.process.output.unrecorded" | "runlight.process.log_file.dropped" | "runlight.data_quality.checks" | "runlight.spool.records" | "runlight.spool.dropped" | "runlight.spool.size" | "runlight.ship.records" | "runlight.ship.failures";

/** Attributes that grow with the number of runs; a metric never carries one. */
export type UnboundedAttributeName = "workflow.execution.id" | "runlight.operation.duration" | "runlight.operation.self_duration" | "runlight.operation.parent_span_id" | "runlight.operation.attempt" | "runlight.fold.count" | "runlight.fold.kept" | "runlight.fold.failed" | "runlight.fold.attempts" | "runlight.fold.duration.sum" | "runlight.fold.duration.min" | "runlight.fold.duration.p50" | "runlight.fold.duration.p95" | "runlight.fold.duration.max" | "runlight.pipeline.queued" | "runlight.pipeline.queue.duration" | "runlight.recovery.delay" | "runlight.subject.id" | "runlight.correlation.id" | "runlight.progress.done" | "runlight.progress.total" | "runlight.eta.seconds" | "runlight.items.processed" | "runlight.open.operations" | "runlight.heartbeat.interval" | "runlight.walltime.remaining" | "runlight.checkpoint.duration" | "runlight.workflow.config.hash" | "vcs.ref.head.name" | "vcs.ref.head.revision" | "vcs.repository.url.full" | "runlight.memory.start" | "runlight.memory.end" | "runlight.memory.peak" | "runlight.check.value" | "runlight.check.min" | "runlight.check.max" | "runlight.check.reason" | "runlight.artifact.path" | "runlight.artifact.size" | "runlight.artifact.sha256" | "runlight.warning.count" | "runlight.error.count" | "runlight.lost.evidence" | "runlight.lost.last_seen" | "messaging.destination.name" | "messaging.operation.name" | "messaging.message.id" | "messaging.batch.message_count" | "runlight.queue.job.name" | "session.id" | "user.id" | "process.executable.name" | "process.command_args" | "process.pid" | "process.exit.code" | "runlight.process.oom_kills" | "runlight.process.cpu.time" | "runlight.process.memory.peak" | "runlight.process.log_file" | "runlight.process.log_file.dropped" | "runlight.process.stdout.size" | "runlight.process.stderr.size" | "runlight.process.stdout.tail" | "runlight.process.stderr.tail" | "runlight.process.output.unrecorded" | "runlight.line.size" | "exception.message" | "exception.stacktrace" | "exception.escaped";

/** What a metric may carry: the registry's bounded attributes, and no id. */
export interface MetricAttributes {
  readonly "workflow.definition.name"?: string;
  readonly "workflow.definition.version"?: string;
  readonly "workflow.execution.outcome"?: "success" | "failure" | "cancellation" | "timeout" | "skip" | "error";
  readonly "workflow.execution.state"?: "pending" | "executing" | "finalizing";
  readonly "workflow.trigger.type"?: "manual" | "scheduled" | "event" | "retry";
  readonly "runlight.operation.kind"?: "workflow" | "stage" | "pipeline" | "kernel";
  readonly "runlight.operation.name"?: string;
  readonly "runlight.operation.outcome"?: "success" | "failure" | "cancellation" | "timeout" | "skip" | "error";
  readonly "runlight.operation.abandoned"?: boolean;
  readonly "runlight.operation.lost"?: boolean;
  readonly "runlight.queue.state"?: "queued" | "delayed" | "paused" | "blocked" | "running" | "completed" | "failed";
  readonly "runlight.link.kind"?: "producer" | "attempt" | "consumer";
  readonly "runlight.carrier.fault"?: "type" | "size" | "format";
  readonly "runlight.recovery.strategy"?: string;
  readonly "runlight.stage.name"?: string;
  readonly "runlight.pipeline.name"?: string;
  readonly "runlight.progress.unit"?: string;
  readonly "runlight.items.unit"?: string;
  readonly "runlight.walltime.cause"?: "end_time" | "signal";
  readonly "runlight.walltime.signal"?: string;
  readonly "runlight.checkpoint.outcome"?: "success" | "failure" | "timeout";
  readonly "runlight.vcs.dirty"?: boolean;
  readonly "runlight.check.name"?: string;
  readonly "runlight.check.outcome"?: "pass" | "warning" | "failure";
  readonly "runlight.check.unit"?: string;
  readonly "runlight.signal"?: "traces" | "metrics" | "logs";
  readonly "runlight.drop.reason"?: "buffer_full" | "oversized" | "retention" | "rejected" | "closed" | "encoding_failed";
  readonly "messaging.system"?: string;
  readonly "messaging.operation.type"?: "send" | "process";
  readonly "log.iostream"?: "stdout" | "stderr";
  readonly "runlight.process.signal"?: string;
  readonly "runlight.process.end.cause"?: "exit" | "signal" | "timeout" | "cancellation" | "out_of_memory" | "not_started";
  readonly "runlight.line.replaced"?: boolean;
  readonly "error.type"?: string;
  readonly "exception.type"?: string;
  readonly "workflow.execution.id"?: never;
  readonly "runlight.operation.duration"?: never;
  readonly "runlight.operation.self_duration"?: never;
  readonly "runlight.operation.parent_span_id"?: never;
  readonly "runlight.operation.attempt"?: never;
  readonly "runlight.fold.count"?: never;
  readonly "runlight.fold.kept"?: never;
  readonly "runlight.fold.failed"?: never;
  readonly "runlight.fold.attempts"?: never;
  readonly "runlight.fold.duration.sum"?: never;
  readonly "runlight.fold.duration.min"?: never;
  readonly "runlight.fold.duration.p50"?: never;
  readonly "runlight.fold.duration.p95"?: never;
  readonly "runlight.fold.duration.max"?: never;
  readonly "runlight.pipeline.queued"?: never;
  readonly "runlight.pipeline.queue.duration"?: never;
  readonly "runlight.recovery.delay"?: never;
  readonly "runlight.subject.id"?: never;
  readonly "runlight.correlation.id"?: never;
  readonly "runlight.progress.done"?: never;
  readonly "runlight.progress.total"?: never;
  readonly "runlight.eta.seconds"?: never;
  readonly "runlight.items.processed"?: never;
  readonly "runlight.open.operations"?: never;
  readonly "runlight.heartbeat.interval"?: never;
  readonly "runlight.walltime.remaining"?: never;
  readonly "runlight.checkpoint.duration"?: never;
  readonly "runlight.workflow.config.hash"?: never;
  readonly "vcs.ref.head.name"?: never;
  readonly "vcs.ref.head.revision"?: never;
  readonly "vcs.repository.url.full"?: never;
  readonly "runlight.memory.start"?: never;
  readonly "runlight.memory.end"?: never;
  readonly "runlight.memory.peak"?: never;
  readonly "runlight.check.value"?: never;
  readonly "runlight.check.min"?: never;
  readonly "runlight.check.max"?: never;
  readonly "runlight.check.reason"?: never;
  readonly "runlight.artifact.path"?: never;
  readonly "runlight.artifact.size"?: never;
  readonly "runlight.artifact.sha256"?: never;
  readonly "runlight.warning.count"?: never;
  readonly "runlight.error.count"?: never;
  readonly "runlight.lost.evidence"?: never;
  readonly "runlight.lost.last_seen"?: never;
  readonly "messaging.destination.name"?: never;
  readonly "messaging.operation.name"?: never;
  readonly "messaging.message.id"?: never;
  readonly "messaging.batch.message_count"?: never;
  readonly "runlight.queue.job.name"?: never;
  readonly "session.id"?: never;
  readonly "user.id"?: never;
  readonly "process.executable.name"?: never;
  readonly "process.command_args"?: never;
  readonly "process.pid"?: never;
  readonly "process.exit.code"?: never;
  readonly "runlight.process.oom_kills"?: never;
  readonly "runlight.process.cpu.time"?: never;
  readonly "runlight.process.memory.peak"?: never;
  readonly "runlight.process.log_file"?: never;
  readonly "runlight.process.log_file.dropped"?: never;
  readonly "runlight.process.stdout.size"?: never;
  readonly "runlight.process.stderr.size"?: never;
  readonly "runlight.process.stdout.tail"?: never;
  readonly "runlight.process.stderr.tail"?: never;
  readonly "runlight.process.output.unrecorded"?: never;
  readonly "runlight.line.size"?: never;
  readonly "exception.message"?: never;
  readonly "exception.stacktrace"?: never;
  readonly "exception.escaped"?: never;
}
