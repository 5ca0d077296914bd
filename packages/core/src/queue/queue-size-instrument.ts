import { metrics } from "@opentelemetry/api";
import type { MeterProvider, ObservableResult } from "@opentelemetry/api";
import { attributes as registry } from "@runlight/conventions";
import {
  ATTR_RUNLIGHT_OPERATION_NAME,
  ATTR_RUNLIGHT_QUEUE_STATE,
  METRIC_RUNLIGHT_QUEUE_SIZE,
} from "@runlight/conventions/names";
import type { MetricAttributes } from "@runlight/conventions/names";
import { scopeName, scopeVersion } from "../sink/scope.ts";

/** Where in its queue a pipeline is: what the depth is told by. */
export type QueueState = NonNullable<MetricAttributes[typeof ATTR_RUNLIGHT_QUEUE_STATE]>;

/** How many jobs are in each state. Values that are no number of 0 or more are left out. */
export type QueueCounts = Readonly<Partial<Record<QueueState, number>>>;

/** A queue and what it last told. */
export interface ObservedQueue {
  /** As metrics carry it. */
  readonly name: string;
  /** `undefined` while it is not known. */
  counts: QueueCounts | undefined;
}

const states = (registry.find(({ name }) => name === ATTR_RUNLIGHT_QUEUE_STATE)?.values ?? []) as readonly QueueState[];
const queues = new Set<ObservedQueue>();
let provider: MeterProvider | undefined;

/** Lets the metric tell a queue's counts, as they are whenever metrics are collected, until the function it gives is called. */
export function offerQueueSize(queue: ObservedQueue): () => void {
  queues.add(queue);
  refreshQueueSizeInstrument();
  return () => void queues.delete(queue);
}

/** Creates the instrument, again when another meter provider has been registered since. */
export function refreshQueueSizeInstrument(): void {
  const current = metrics.getMeterProvider();
  if (current === provider) return;
  provider = current;
  current
    .getMeter(scopeName, scopeVersion)
    .createObservableUpDownCounter(METRIC_RUNLIGHT_QUEUE_SIZE, { unit: "{pipeline}" })
    .addCallback(observe);
}

function observe(result: ObservableResult): void {
  for (const { name, counts } of queues)
    for (const state of states) {
      const count = counts?.[state];
      if (typeof count !== "number" || !(count >= 0 && Number.isFinite(count))) continue;
      result.observe(count, { [ATTR_RUNLIGHT_OPERATION_NAME]: name, [ATTR_RUNLIGHT_QUEUE_STATE]: state });
    }
}
