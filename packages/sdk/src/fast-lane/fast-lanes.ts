import type { Resource } from "@opentelemetry/resources";
import type { OperationSink } from "@runlight/core";
import type { Signal, Spool } from "@runlight/spool";
import type { TelemetrySettings } from "../config/telemetry-settings.ts";
import { createBoundMetrics } from "../operation-metrics/bound-cells.ts";
import type { OperationMetrics } from "../operation-metrics/operation-metrics.ts";
import type { Redactor } from "../redaction/redactor.ts";
import { createFastSink } from "./fast-sink.ts";
import { Lane, openBatch } from "./lane.ts";
import type { KnownSpanLimits } from "./span-details.ts";

/** What the lanes are made with. */
export interface FastLaneOptions {
  readonly spool: Spool;
  readonly resource: Resource;
  readonly settings: Pick<TelemetrySettings, "logRecordLimits" | "logs" | "sampler" | "spanLimits" | "traces">;
  readonly redactor: Redactor;
  readonly operationMetrics: OperationMetrics | undefined;
  /** Told of each record's event before it is written. */
  readonly seen: (eventName: string | undefined) => void;
  /** Told when bytes went into the file. */
  readonly written: () => void;
  /** Told of the first item of each signal that could not be encoded. */
  readonly failed: (signal: Signal, error: unknown) => void;
}

/** The operations' ways into the spool, and their account. */
export interface FastLanes {
  readonly sink: OperationSink;
  /** Spans and log records handed over so far. */
  readonly handedOver: number;
  /** Items of a signal that could not be encoded. */
  encodingFailures(signal: Signal): number;
}

const unlimited = Number.POSITIVE_INFINITY;
const defaultCount = 128;

/** Opens the lanes; undefined when the spool takes no more resources. */
export function createFastLanes(options: FastLaneOptions): FastLanes | undefined {
  const { settings, operationMetrics, redactor, seen } = options;
  // Logs before traces: within one write the record of an end comes before the span that ended.
  const logs = laneOf("logs", options);
  const traces = laneOf("traces", options);
  if (logs === undefined || traces === undefined) return undefined;
  const sink = createFastSink({
    logs: settings.logs === "none" ? undefined : logs,
    traces: settings.traces === "none" ? undefined : traces,
    metrics:
      operationMetrics === undefined
        ? undefined
        : { bound: createBoundMetrics(operationMetrics), record: operationMetrics.record },
    sampler: settings.sampler,
    spanLimits: spanLimitsOf(settings.spanLimits),
    logRecordLimits: {
      attributeCountLimit: settings.logRecordLimits.attributeCountLimit ?? defaultCount,
      attributeValueLengthLimit: settings.logRecordLimits.attributeValueLengthLimit ?? unlimited,
    },
    redactor,
    seen,
  });
  const lanes = { logs, traces };
  return {
    sink,
    get handedOver() {
      return logs.handedOver + traces.handedOver;
    },
    encodingFailures: (signal) => (signal === "metrics" ? 0 : lanes[signal].encodingFailures),
  };
}

function laneOf(signal: "logs" | "traces", { spool, resource, written, failed }: FastLaneOptions): Lane | undefined {
  const batch = openBatch(spool, signal, resource);
  return batch === undefined ? undefined : new Lane(batch, { written, failed: (error) => failed(signal, error) });
}

function spanLimitsOf(limits: TelemetrySettings["spanLimits"]): KnownSpanLimits {
  return {
    attributeValueLengthLimit: unlimited,
    attributeCountLimit: defaultCount,
    eventCountLimit: defaultCount,
    linkCountLimit: defaultCount,
    attributePerEventCountLimit: defaultCount,
    attributePerLinkCountLimit: defaultCount,
    ...limits,
  };
}
