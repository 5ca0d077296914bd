import { observeQueueSize } from "@runlight/core";
import type { ObserveQueueOptions, QueueCounts, QueueObservation } from "@runlight/core";

/** What is asked of a BullMQ queue. */
export interface CountableQueue {
  readonly name: string;
  /** Set once the queue is being closed. */
  readonly closing: Promise<void> | undefined;
  getJobCounts(): Promise<Readonly<Record<string, number>>>;
}

/**
 * Tells the depth of a queue by state, from its own counts, as `observeQueueSize` of core does: asked at intervals and with a bound, one
 * question at a time; Redis away is counted and said once. Ends when the queue is closed. One process has to do it for each queue.
 *
 * @throws RangeError when an option is out of its range.
 */
export function observeQueue(queue: CountableQueue, options: ObserveQueueOptions = {}): QueueObservation {
  return observeQueueSize(queue.name, () => readCounts(queue), options);
}

async function readCounts(queue: CountableQueue): Promise<QueueCounts | undefined> {
  if (queue.closing !== undefined) return undefined;
  try {
    return byState(await queue.getJobCounts());
  } catch (error) {
    // A question that was under way when the queue was closed.
    if (isClosing(queue)) return undefined;
    throw error;
  }
}

function isClosing({ closing }: CountableQueue): boolean {
  return closing !== undefined;
}

function byState(counts: Readonly<Record<string, number>>): QueueCounts {
  const { waiting = 0, prioritized = 0, delayed = 0, paused = 0, active = 0, completed = 0, failed = 0 } = counts;
  const { "waiting-children": blocked = 0 } = counts;
  return { queued: waiting + prioritized, delayed, paused, blocked, running: active, completed, failed };
}
