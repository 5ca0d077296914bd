import { join } from "node:path";
import { ProtobufLogsSerializer } from "@opentelemetry/otlp-transformer";
import { resourceFromAttributes } from "@opentelemetry/resources";
import type { ReadableLogRecord } from "@opentelemetry/sdk-logs";
import { defaultBounds, describeProcess, openSpool } from "@runlight/spool";
import type { ProcessIdentity } from "@runlight/spool";

/** One log record with a fixed time. */
export interface RecordedLog {
  /** Unix time in milliseconds. */
  readonly at: number;
  readonly event?: string;
  readonly severity?: number;
  readonly body?: unknown;
  readonly attributes?: Readonly<Record<string, unknown>>;
  /** 16 hexadecimal digits. */
  readonly span?: string;
}

/** When the recorded runs began. */
export const recordedStart: number = Date.UTC(2026, 10, 22, 14, 25, 1);

const traceId = "0af7651916cd43dd8448eb211c80319c";
const resource = resourceFromAttributes({ "service.name": "flights" });

const elsewhere: ProcessIdentity = {
  pid: 4711,
  startedAt: "2026-11-22T14:25:00.000Z",
  hostName: "beam-04",
  serviceName: "flights",
  bootId: "b",
};

/** A process of this host that is gone: no system gives out this id. */
export const goneProcess: ProcessIdentity = { ...describeProcess("flights"), pid: 2 ** 30, startTicks: "1" };

/** Writes a spool as a process leaves it that ended, below `<directory>/.runlight`. Gives the path of the spool. Default: process 4711 of another host. */
export function recordProcess(
  directory: string,
  logs: readonly RecordedLog[],
  identity: ProcessIdentity = elsewhere,
): string {
  const spool = openSpool({ root: join(directory, ".runlight", "spool"), bounds: defaultBounds, identity });
  const request = ProtobufLogsSerializer.serializeRequest(logs.map(toReadable));
  if (request !== undefined) spool.append("logs", request, { urgency: "prompt", records: logs.length });
  spool.close("ended");
  return spool.directory;
}

/** What is special about a recorded run. */
export interface RecordedRunOptions {
  /** Default: {@link recordedStart}. */
  readonly startMs?: number;
  /** Default: success. */
  readonly outcome?: "failure" | "success";
  /** Records from inside its stage. */
  readonly said?: readonly RecordedLog[];
}

/** The records of a run of ten seconds with one stage of two. */
export function recordedRun(runId: string, options: RecordedRunOptions = {}): readonly RecordedLog[] {
  const { startMs = recordedStart, outcome = "success", said = [] } = options;
  const run = { "workflow.execution.id": runId, "workflow.definition.name": "monthly-processing" };
  const workflow = { ...run, "runlight.operation.kind": "workflow", "runlight.operation.name": "monthly-processing" };
  const inStage = { ...run, "runlight.stage.name": "load" };
  const stage = { ...inStage, "runlight.operation.kind": "stage", "runlight.operation.name": "load" };
  const span = "00f067aa0ba902b7";
  return [
    {
      at: startMs,
      event: "workflow.started",
      body: "workflow monthly-processing started",
      attributes: { ...workflow, "workflow.trigger.type": "manual" },
    },
    { at: startMs + 1000, event: "stage.started", body: "stage load started", span, attributes: stage },
    ...said.map((record) => ({ span, ...record, attributes: { ...inStage, ...record.attributes } })),
    {
      at: startMs + 3000,
      event: "stage.completed",
      body: "stage load ended in success after 2.0 s",
      span,
      attributes: { ...stage, "runlight.operation.outcome": "success", "runlight.operation.duration": 2 },
    },
    {
      at: startMs + 10_000,
      event: outcome === "success" ? "workflow.completed" : "workflow.failed",
      severity: outcome === "success" ? 9 : 17,
      body: `workflow monthly-processing ended in ${outcome} after 10.0 s`,
      attributes: { ...workflow, "runlight.operation.outcome": outcome, "runlight.operation.duration": 10 },
    },
  ];
}

function toReadable({
  at,
  event,
  severity = 9,
  body,
  attributes = {},
  span = "b7ad6b7169203331",
}: RecordedLog): ReadableLogRecord {
  const seconds = Math.floor(at / 1000);
  const hrTime = [seconds, Math.round((at - seconds * 1000) * 1_000_000)];
  return {
    hrTime,
    hrTimeObserved: hrTime,
    severityNumber: severity,
    eventName: event,
    body,
    attributes,
    droppedAttributesCount: 0,
    spanContext: { traceId, spanId: span, traceFlags: 1 },
    resource,
    instrumentationScope: { name: "@runlight/core", version: "0.1.0" },
  } as unknown as ReadableLogRecord;
}
