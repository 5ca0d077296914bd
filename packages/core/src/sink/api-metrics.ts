import * as api from "@opentelemetry/api";
import type { Attributes, Context, Counter, Histogram, Meter, MeterProvider, UpDownCounter } from "@opentelemetry/api";
import { metrics as registry } from "@runlight/conventions";
import type { MetricEntry } from "@runlight/conventions";
import {
  ATTR_ERROR_TYPE,
  ATTR_RUNLIGHT_ITEMS_PROCESSED,
  ATTR_RUNLIGHT_ITEMS_UNIT,
  ATTR_RUNLIGHT_OPERATION_NAME,
  ATTR_RUNLIGHT_OPERATION_OUTCOME,
  ATTR_WORKFLOW_DEFINITION_NAME,
  ATTR_WORKFLOW_EXECUTION_OUTCOME,
  METRIC_RUNLIGHT_ITEMS_PROCESSED,
  METRIC_RUNLIGHT_KERNEL_DURATION,
  METRIC_RUNLIGHT_PIPELINE_ACTIVE,
  METRIC_RUNLIGHT_PIPELINE_DURATION,
  METRIC_RUNLIGHT_STAGE_ACTIVE,
  METRIC_RUNLIGHT_STAGE_DURATION,
  METRIC_WORKFLOW_EXECUTION_ACTIVE,
  METRIC_WORKFLOW_EXECUTION_DURATION,
  METRIC_WORKFLOW_EXECUTION_ERRORS,
} from "@runlight/conventions/names";
import type { MetricAttributes, MetricName } from "@runlight/conventions/names";
import { observeRuns } from "./api-run-gauges.ts";
import { boundName } from "./metric-names.ts";
import type { OperationEnd, OperationStart } from "./operation-sink.ts";
import { scopeName, scopeVersion } from "./scope.ts";

/** The metrics of operations on the OpenTelemetry API. */
export interface ApiMetrics {
  opened(start: OperationStart, context: Context): void;
  closed(start: OperationStart, end: OperationEnd, context: Context): void;
  count(metric: MetricName, value: number, attributes: MetricAttributes): void;
}

const names = {
  workflow: { duration: METRIC_WORKFLOW_EXECUTION_DURATION, active: METRIC_WORKFLOW_EXECUTION_ACTIVE },
  stage: { duration: METRIC_RUNLIGHT_STAGE_DURATION, active: METRIC_RUNLIGHT_STAGE_ACTIVE },
  pipeline: { duration: METRIC_RUNLIGHT_PIPELINE_DURATION, active: METRIC_RUNLIGHT_PIPELINE_ACTIVE },
  kernel: { duration: METRIC_RUNLIGHT_KERNEL_DURATION, active: undefined },
} as const;

/** Creates the instruments when they are first used, and again when another meter provider is registered. */
export function createApiMetrics(): ApiMetrics {
  let provider: MeterProvider | undefined;
  let meter: Meter = api.createNoopMeter();
  let instruments = new Map<MetricName, Counter | Histogram | UpDownCounter>();

  function instrument<I extends Counter | Histogram | UpDownCounter>(name: MetricName): I {
    const current = api.metrics.getMeterProvider();
    if (current !== provider) {
      provider = current;
      meter = current.getMeter(scopeName, scopeVersion);
      instruments = new Map();
      observeRuns(meter);
    }
    let found = instruments.get(name);
    if (found === undefined) instruments.set(name, (found = createInstrument(meter, name)));
    return found as I;
  }

  return {
    opened(start, context) {
      const metric = names[start.kind].active;
      if (metric !== undefined) instrument<UpDownCounter>(metric).add(1, identityOf(start), context);
    },
    closed(start, end, context) {
      const identity = identityOf(start);
      const { active, duration } = names[start.kind];
      if (active !== undefined) instrument<UpDownCounter>(active).add(-1, identity, context);
      const seconds = Math.max(0, end.endTimeMs - start.startTimeMs) / 1000;
      const outcome = start.kind === "workflow" ? ATTR_WORKFLOW_EXECUTION_OUTCOME : ATTR_RUNLIGHT_OPERATION_OUTCOME;
      instrument<Histogram>(duration).record(seconds, { ...identity, [outcome]: end.outcome }, context);
      const items = end.attributes[ATTR_RUNLIGHT_ITEMS_PROCESSED];
      if (typeof items === "number") {
        const unit = boundName("unit", textOf(end.attributes[ATTR_RUNLIGHT_ITEMS_UNIT]) ?? "item");
        const named = { ...identity, [ATTR_RUNLIGHT_OPERATION_NAME]: boundName(start.kind, start.name) };
        instrument<Counter>(METRIC_RUNLIGHT_ITEMS_PROCESSED).add(
          items,
          { ...named, [ATTR_RUNLIGHT_ITEMS_UNIT]: unit },
          context,
        );
      }
      if (start.kind === "workflow" && end.outcome !== "success" && end.outcome !== "skip") {
        const type = boundName("error", textOf(end.attributes[ATTR_ERROR_TYPE]) ?? end.outcome);
        instrument<Counter>(METRIC_WORKFLOW_EXECUTION_ERRORS).add(1, { ...identity, [ATTR_ERROR_TYPE]: type }, context);
      }
    },
    count(metric, value, attributes) {
      instrument<Counter>(metric).add(value, attributes as Attributes);
    },
  };
}

function identityOf(start: OperationStart): Attributes {
  const workflow =
    start.run === undefined ? {} : { [ATTR_WORKFLOW_DEFINITION_NAME]: boundName("workflow", start.run.workflowName) };
  if (start.kind === "workflow") return workflow;
  return { ...workflow, [ATTR_RUNLIGHT_OPERATION_NAME]: boundName(start.kind, start.name) };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function createInstrument(meter: Meter, name: MetricName): Counter | Histogram | UpDownCounter {
  const entry = registry.find((candidate) => candidate.name === name) as MetricEntry;
  const options = { unit: entry.unit, description: entry.brief };
  switch (entry.instrument) {
    case "counter":
      return meter.createCounter(name, options);
    case "updowncounter":
      return meter.createUpDownCounter(name, options);
    case "histogram":
      return meter.createHistogram(name, {
        ...options,
        advice: { explicitBucketBoundaries: [...(entry.buckets ?? [])] },
      });
    case "gauge":
      throw new RangeError(`Cannot count: ${name} must be a counter or histogram, current value is a gauge`);
  }
}
