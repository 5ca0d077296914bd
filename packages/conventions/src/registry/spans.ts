import type { SpanEntry } from "./entry.ts";

const own = { source: "runlight", stability: "development" } as const;

const everywhere = [
  "workflow.execution.id",
  "workflow.definition.name",
  "runlight.operation.kind",
  "runlight.operation.name",
  "runlight.operation.outcome",
  "error.type",
] as const;

const measured = ["runlight.operation.self_duration", "runlight.memory.start", "runlight.memory.end", "runlight.memory.peak", "runlight.items.processed", "runlight.items.unit", "runlight.progress.done", "runlight.progress.total", "runlight.progress.unit", "runlight.pipeline.queued"] as const;

const folded = ["runlight.fold.count", "runlight.fold.kept", "runlight.fold.failed", "runlight.fold.duration.sum", "runlight.fold.duration.min", "runlight.fold.duration.p50", "runlight.fold.duration.p95", "runlight.fold.duration.max"] as const;

/** On a stage or pipeline that ran a child process. */
const childProcess = ["process.executable.name", "process.command_args", "process.pid", "process.exit.code", "runlight.process.signal", "runlight.process.end.cause", "runlight.process.oom_kills", "runlight.process.cpu.time", "runlight.process.memory.peak", "runlight.process.log_file", "runlight.process.log_file.dropped", "runlight.process.stdout.size", "runlight.process.stderr.size", "runlight.process.output.unrecorded"] as const;

/** On a pipeline that was taken from a queue. */
const taken = ["runlight.operation.attempt", "runlight.pipeline.queue.duration", "messaging.system", "messaging.destination.name", "messaging.operation.name", "messaging.operation.type", "messaging.message.id", "runlight.queue.job.name"] as const;

/** The kinds of operation; a span is named `<kind> <name>`. */
export const spans: readonly SpanEntry[] = [
  { kind: "workflow", brief: "One run of a workflow.", attributes: [...everywhere, ...measured, "workflow.execution.outcome", "workflow.trigger.type", "workflow.definition.version", "runlight.workflow.config.hash"], ...own },
  { kind: "stage", brief: "One step of a run.", attributes: [...everywhere, ...measured, ...folded, ...childProcess, "runlight.operation.attempt"], ...own },
  { kind: "pipeline", brief: "One run of a tool, often queued and executed elsewhere.", attributes: [...everywhere, ...measured, ...folded, ...childProcess, ...taken, "runlight.stage.name"], ...own },
  { kind: "kernel", brief: "One call of a compute kernel.", attributes: [...everywhere, ...folded, "runlight.stage.name", "runlight.pipeline.name"], ...own },
];
