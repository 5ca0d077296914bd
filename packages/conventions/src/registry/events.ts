import type { EventEntry } from "./entry.ts";

const own = { source: "runlight", stability: "development" } as const;

const inside = ["workflow.execution.id", "workflow.definition.name", "runlight.stage.name", "runlight.pipeline.name"] as const;
const operation = [...inside, "runlight.operation.kind", "runlight.operation.name"] as const;
const started = [...operation, "runlight.operation.parent_span_id", "runlight.memory.start"] as const;
const ended = [...operation, "runlight.operation.outcome", "runlight.operation.duration", "runlight.operation.self_duration", "runlight.items.processed", "runlight.items.unit", "runlight.pipeline.queued", "runlight.memory.end", "runlight.memory.peak"] as const;
const failed = [...ended, "error.type", "exception.type", "exception.message", "exception.stacktrace"] as const;
/** On the record of children that were folded: sums over those that left no record of their own. */
const foldedTogether = [...operation, "runlight.fold.count", "runlight.fold.failed", "runlight.fold.attempts", "runlight.fold.duration.sum", "runlight.operation.self_duration", "runlight.items.processed", "runlight.items.unit", "runlight.pipeline.queued", "runlight.memory.start", "runlight.memory.end", "runlight.memory.peak", "runlight.error.count"] as const;
const messaging = ["messaging.system", "messaging.destination.name", "messaging.operation.name", "messaging.operation.type", "messaging.message.id", "runlight.queue.job.name"] as const;
/** On the record of a pipeline that was taken from a queue. */
const taken = ["runlight.operation.attempt", "runlight.pipeline.queue.duration", ...messaging] as const;
const child = ["process.executable.name", "process.command_args", "process.pid", "runlight.process.log_file"] as const;
const childEnd = ["process.exit.code", "runlight.process.signal", "runlight.process.end.cause", "runlight.process.oom_kills", "runlight.process.cpu.time", "runlight.process.memory.peak", "runlight.process.log_file.dropped", "runlight.process.stdout.size", "runlight.process.stderr.size", "runlight.process.output.unrecorded"] as const;
const lost = [...operation, "runlight.lost.evidence", "runlight.lost.last_seen"] as const;

/** Every log record that has an `eventName`. */
export const events: readonly EventEntry[] = [
  { name: "workflow.started", brief: "A run began.", severity: "INFO", attributes: [...started, "workflow.trigger.type"], ...own },
  { name: "workflow.completed", brief: "A run ended with outcome success or skip.", severity: "INFO", attributes: ended, ...own },
  { name: "workflow.failed", brief: "A run ended with any other outcome.", severity: "ERROR", attributes: failed, ...own },
  { name: "workflow.lost", brief: "Recovery found a run whose process is gone without an end.", severity: "ERROR", attributes: lost, ...own },
  { name: "workflow.heartbeat", brief: "The run is at work: what is open, how far, how much memory.", severity: "DEBUG", attributes: [...inside, "runlight.open.operations", "runlight.heartbeat.interval", "runlight.memory.end", "runlight.memory.peak", "runlight.progress.done", "runlight.progress.total", "runlight.progress.unit", "runlight.eta.seconds"], ...own },
  { name: "workflow.progress", brief: "The run or a stage reported progress (at most once a second).", severity: "DEBUG", attributes: [...operation, "runlight.progress.done", "runlight.progress.total", "runlight.progress.unit"], ...own },
  { name: "workflow.summary", brief: "What the run did, told once at its end; the body is the summary.", severity: "INFO", attributes: [...inside, "workflow.execution.outcome", "runlight.warning.count", "runlight.error.count"], ...own },
  { name: "workflow.config", brief: "The configuration of the run, redacted; the body is a map.", severity: "INFO", attributes: [...inside, "runlight.workflow.config.hash"], ...own },
  { name: "workflow.walltime_near", brief: "The process is about to be ended from outside: told once.", severity: "WARN", attributes: [...inside, "runlight.walltime.cause", "runlight.walltime.signal", "runlight.walltime.remaining"], ...own },
  { name: "workflow.checkpoint", brief: "The program's checkpoint ended, or did not in time.", severity: "INFO", attributes: [...inside, "runlight.checkpoint.outcome", "runlight.checkpoint.duration", "exception.type", "exception.message", "exception.stacktrace"], ...own },
  { name: "stage.started", brief: "A stage began.", severity: "INFO", attributes: started, ...own },
  { name: "stage.completed", brief: "A stage ended with outcome success or skip.", severity: "INFO", attributes: [...ended, ...child, ...childEnd], ...own },
  { name: "stage.failed", brief: "A stage ended with any other outcome.", severity: "ERROR", attributes: [...failed, ...child, ...childEnd, "runlight.process.stdout.tail", "runlight.process.stderr.tail"], ...own },
  { name: "stage.folded", brief: "Stages of one name that were folded and left no records of their own: told once, when what is around them ends.", severity: "INFO", attributes: foldedTogether, ...own },
  { name: "stage.lost", brief: "Recovery found a stage whose process is gone without an end.", severity: "ERROR", attributes: lost, ...own },
  { name: "pipeline.queued", brief: "A pipeline was put into a queue, to be run elsewhere or later.", severity: "INFO", attributes: [...operation, "runlight.operation.attempt", ...messaging, "messaging.batch.message_count"], ...own },
  { name: "pipeline.started", brief: "A pipeline began.", severity: "INFO", attributes: [...started, ...taken], ...own },
  { name: "pipeline.completed", brief: "A pipeline ended with outcome success or skip.", severity: "INFO", attributes: [...ended, ...child, ...childEnd], ...own },
  { name: "pipeline.failed", brief: "A pipeline ended with any other outcome.", severity: "ERROR", attributes: [...failed, ...child, ...childEnd, "runlight.process.stdout.tail", "runlight.process.stderr.tail"], ...own },
  { name: "pipeline.folded", brief: "Pipelines of one name that were folded and left no records of their own: told once, when what is around them ends.", severity: "INFO", attributes: foldedTogether, ...own },
  { name: "pipeline.lost", brief: "Recovery found a pipeline whose process is gone without an end.", severity: "ERROR", attributes: lost, ...own },
  { name: "kernel.failed", brief: "A kernel call failed.", severity: "ERROR", attributes: failed, ...own },
  { name: "process.started", brief: "A child process was started and its output is captured.", severity: "DEBUG", attributes: [...operation, ...child], ...own },
  { name: "process.exited", brief: "A child process ended: how, why, at what cost.", severity: "INFO", attributes: [...operation, ...child, ...childEnd], ...own },
  { name: "recovery.retried", brief: "An attempt failed and another follows.", severity: "WARN", attributes: [...operation, "runlight.operation.attempt", "runlight.recovery.delay", "error.type"], ...own },
  { name: "recovery.applied", brief: "A recovery strategy was applied to an error before the next attempt.", severity: "INFO", attributes: [...operation, "runlight.operation.attempt", "runlight.recovery.strategy", "error.type"], ...own },
  { name: "recovery.exhausted", brief: "The last attempt failed, or the error is not worth another: told once.", severity: "ERROR", attributes: [...operation, "runlight.operation.attempt", "error.type"], ...own },
  { name: "data.quality.check", brief: "A value was checked against its bounds; WARN and ERROR where it fails.", severity: "INFO", attributes: [...inside, "runlight.check.name", "runlight.check.outcome", "runlight.check.value", "runlight.check.min", "runlight.check.max", "runlight.check.unit", "runlight.check.reason", "runlight.subject.id"], ...own },
  { name: "artifact.created", brief: "The run wrote a file worth keeping.", severity: "INFO", attributes: [...inside, "runlight.artifact.path", "runlight.artifact.size", "runlight.artifact.sha256"], ...own },
  { name: "exception", brief: "An exception left the process: uncaught, or a rejection nobody handled.", severity: "FATAL", attributes: [...inside, "exception.type", "exception.message", "exception.stacktrace", "exception.escaped"], ...own },
  { name: "telemetry.started", brief: "initTelemetry() came up.", severity: "DEBUG", attributes: [], ...own },
  { name: "workflow.environment", brief: "What takes a moment to find out of where the first run of a process works: whether the files are those of the commit.", severity: "INFO", attributes: [...inside, "vcs.ref.head.name", "vcs.ref.head.revision", "runlight.vcs.dirty"], ...own },
  { name: "telemetry.stopped", brief: "Telemetry is shutting down; the body says what was kept, shipped and dropped.", severity: "DEBUG", attributes: [], ...own },
];
