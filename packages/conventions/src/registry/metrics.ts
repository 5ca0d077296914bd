import type { MetricEntry } from "./entry.ts";

const own = { source: "runlight", stability: "development" } as const;
const proposal = { source: "semconv PR #2387", stability: "development" } as const;

const run = ["workflow.definition.name"] as const;
const operation = [...run, "runlight.operation.name"] as const;

/** Runs and stages: from a tenth of a second to half a day. */
const longDurations: readonly number[] = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400, 43200];

/** Kernels: from ten microseconds to ten minutes. */
const shortDurations: readonly number[] = [0.00001, 0.00005, 0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 600];

/** Every metric. */
export const metrics: readonly MetricEntry[] = [
  { name: "workflow.execution.duration", instrument: "histogram", unit: "s", brief: "Duration of runs.", attributes: [...run, "workflow.execution.outcome"], buckets: longDurations, ...proposal },
  { name: "workflow.execution.active", instrument: "updowncounter", unit: "{execution}", brief: "Runs now active.", attributes: run, ...proposal },
  { name: "workflow.execution.errors", instrument: "counter", unit: "{error}", brief: "Runs that did not end well.", attributes: [...run, "error.type"], ...proposal },
  { name: "runlight.run.progress", instrument: "gauge", unit: "1", brief: "Progress of the active run, 0 to 1.", attributes: run, ...own },
  { name: "runlight.run.last_heartbeat", instrument: "gauge", unit: "s", brief: "Unix time of the active run's last heartbeat.", attributes: run, ...own },
  { name: "runlight.run.info", instrument: "gauge", unit: "{run}", brief: "1 for each run now active; the one metric that names the run.", attributes: [...run, "workflow.execution.id"], ...own },
  { name: "runlight.run.lost", instrument: "counter", unit: "{run}", brief: "Runs that recovery found lost: their process was gone without an end.", attributes: run, ...own },
  { name: "runlight.stage.duration", instrument: "histogram", unit: "s", brief: "Duration of stages.", attributes: [...operation, "runlight.operation.outcome"], buckets: longDurations, ...own },
  { name: "runlight.stage.active", instrument: "updowncounter", unit: "{stage}", brief: "Stages now open.", attributes: operation, ...own },
  { name: "runlight.pipeline.duration", instrument: "histogram", unit: "s", brief: "Duration of pipelines.", attributes: [...operation, "runlight.operation.outcome"], buckets: longDurations, ...own },
  { name: "runlight.pipeline.active", instrument: "updowncounter", unit: "{pipeline}", brief: "Pipelines now running.", attributes: operation, ...own },
  { name: "runlight.pipeline.queued", instrument: "counter", unit: "{pipeline}", brief: "Pipelines put into a queue, further attempts among them.", attributes: operation, ...own },
  { name: "runlight.pipeline.queue.duration", instrument: "histogram", unit: "s", brief: "Time that pipelines waited in their queue.", attributes: operation, buckets: longDurations, ...own },
  { name: "runlight.queue.size", instrument: "updowncounter", unit: "{pipeline}", brief: "Pipelines in the queue, by state, as the queue itself tells.", attributes: ["runlight.operation.name", "runlight.queue.state"], ...own },
  { name: "runlight.queue.read.failures", instrument: "counter", unit: "{read}", brief: "Times that a queue could not be asked for its size.", attributes: ["runlight.operation.name"], ...own },
  { name: "runlight.queue.carrier.faults", instrument: "counter", unit: "{fault}", brief: "Parts of queued pipelines' carriers that were left out, or not believed.", attributes: ["runlight.carrier.fault"], ...own },
  { name: "runlight.kernel.duration", instrument: "histogram", unit: "s", brief: "Duration of kernel calls.", attributes: [...operation, "runlight.operation.outcome"], buckets: shortDurations, ...own },
  { name: "runlight.items.processed", instrument: "counter", unit: "{item}", brief: "Items processed.", attributes: [...operation, "runlight.items.unit"], ...own },
  { name: "runlight.recovery.attempts", instrument: "counter", unit: "{attempt}", brief: "Attempts made by retry(), by how they ended.", attributes: [...operation, "runlight.operation.outcome"], ...own },
  { name: "runlight.process.oom", instrument: "counter", unit: "{process}", brief: "Child processes that the kernel killed for want of memory.", attributes: operation, ...own },
  { name: "runlight.process.output.unrecorded", instrument: "counter", unit: "{line}", brief: "Lines of child processes' output that are no log records, as they came too fast.", attributes: ["log.iostream"], ...own },
  { name: "runlight.process.log_file.dropped", instrument: "counter", unit: "By", brief: "Bytes of child processes' output that their files do not hold.", attributes: [], ...own },
  { name: "runlight.data_quality.checks", instrument: "counter", unit: "{check}", brief: "Data-quality checks made.", attributes: [...run, "runlight.check.name", "runlight.check.outcome"], ...own },
  { name: "runlight.spool.records", instrument: "counter", unit: "{record}", brief: "Spans, log records and metric exports written to the spool.", attributes: ["runlight.signal"], ...own },
  { name: "runlight.spool.dropped", instrument: "counter", unit: "{record}", brief: "Spans, log records and metric exports that were dropped.", attributes: ["runlight.signal", "runlight.drop.reason"], ...own },
  { name: "runlight.spool.size", instrument: "gauge", unit: "By", brief: "Size of this process's spool on disk.", attributes: [], ...own },
  { name: "runlight.ship.records", instrument: "counter", unit: "{record}", brief: "Spans, log records and metric exports acknowledged by the receiver.", attributes: ["runlight.signal"], ...own },
  { name: "runlight.ship.failures", instrument: "counter", unit: "{request}", brief: "Export requests that failed and are tried again.", attributes: [], ...own },
];
