import { diag } from "@opentelemetry/api";
import { ATTR_RUNLIGHT_OPERATION_NAME, METRIC_RUNLIGHT_QUEUE_READ_FAILURES } from "@runlight/conventions/names";
import { operationName } from "../record/operation-name.ts";
import { countMetric } from "../run/events.ts";
import { boundName } from "../sink/metric-names.ts";
import { offerQueueSize, refreshQueueSizeInstrument } from "./queue-size-instrument.ts";
import type { ObservedQueue, QueueCounts } from "./queue-size-instrument.ts";

/** How often a queue is asked, and how long it is waited for. */
export interface ObserveQueueOptions {
  /** From one answer to the next question, in milliseconds, 100 to 3,600,000. Default 10,000. */
  readonly intervalMs?: number;
  /** A question without an answer for this long has failed, in milliseconds, 10 to 60,000. Default 5,000. */
  readonly timeoutMs?: number;
}

/** A queue whose depth is told until it is stopped. */
export interface QueueObservation extends Disposable {
  /** Ends it: the queue is not asked again, and its depth is no longer offered. */
  stop(): void;
}

/**
 * Tells the depth of a queue by state, as the queue itself knows it: only what holds the jobs can say so rightly when producers and
 * consumers come and go. `read` is called at intervals, never twice at once; `undefined` from it ends the observation. A read that fails is
 * counted, the first of a row is said, and no value is offered until the next answer; OpenTelemetry's own SDK repeats the last one
 * meanwhile, so that an alert on depth asks for the failures too. Keeps no process alive.
 *
 * @throws RangeError when an option is out of its range.
 */
export function observeQueueSize(
  pipeline: string,
  read: () => PromiseLike<QueueCounts | undefined> | QueueCounts | undefined,
  options: ObserveQueueOptions = {},
): QueueObservation {
  const { intervalMs = 10_000, timeoutMs = 5000 } = options;
  requireRange("intervalMs", intervalMs, 100, 3_600_000);
  requireRange("timeoutMs", timeoutMs, 10, 60_000);
  const name = operationName(pipeline);
  const queue: ObservedQueue = { name: boundName("pipeline", name), counts: undefined };
  const withdraw = offerQueueSize(queue);
  let stopped = false;
  let failing = false;
  let asking: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  function stop(): void {
    stopped = true;
    clearTimeout(timer);
    withdraw();
  }

  function fail(error: unknown): void {
    queue.counts = undefined;
    countMetric(METRIC_RUNLIGHT_QUEUE_READ_FAILURES, 1, { [ATTR_RUNLIGHT_OPERATION_NAME]: queue.name });
    if (!failing)
      diag.warn(`The size of queue ${name} cannot be read; it is asked again every ${intervalMs} ms.`, error);
    failing = true;
  }

  async function ask(): Promise<void> {
    const counts = await read();
    if (counts === undefined) stop();
    if (stopped) return;
    queue.counts = counts;
    failing = false;
  }

  async function turn(): Promise<void> {
    // A question still open is not put again: a queue that is away would be handed one more each time.
    asking ??= ask().finally(() => (asking = undefined));
    try {
      await within(asking, timeoutMs);
    } catch (error) {
      if (!stopped) fail(error);
    }
    refreshQueueSizeInstrument();
    if (!stopped) timer = setTimeout(() => void turn(), intervalMs).unref();
  }

  void turn();
  return { stop, [Symbol.dispose]: stop };
}

async function within(work: Promise<void>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs).unref();
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function requireRange(name: string, value: number, min: number, max: number): void {
  if (value >= min && value <= max) return;
  throw new RangeError(
    `Cannot observe queue: options.${name} must be a number from ${min} to ${max}, current value is ${String(value)}`,
  );
}
