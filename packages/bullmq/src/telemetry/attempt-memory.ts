import { ATTR_RUNLIGHT_CARRIER_FAULT, METRIC_RUNLIGHT_QUEUE_CARRIER_FAULTS } from "@runlight/conventions/names";
import { countMetric } from "@runlight/core";
import type { QueueCarrier } from "@runlight/core";

/** Most jobs that wait for their next attempt and are remembered; of more, the oldest lose the link between their attempts, which is counted. */
export const maxRememberedJobs = 10_000;

const nextCarriers = new Map<string, QueueCarrier>();

/**
 * Remembers the carrier of a job's next attempt. BullMQ stores it with the job, but reads back only that of the first attempt (its
 * field `tm` is never decoded), so that attempts are linked where one process makes them.
 */
export function rememberNextAttempt(queue: string, jobId: string, carrier: QueueCarrier): void {
  const key = keyOf(queue, jobId);
  nextCarriers.delete(key);
  nextCarriers.set(key, carrier);
  const [oldest] = nextCarriers.keys();
  if (nextCarriers.size <= maxRememberedJobs || oldest === undefined) return;
  nextCarriers.delete(oldest);
  countMetric(METRIC_RUNLIGHT_QUEUE_CARRIER_FAULTS, 1, { [ATTR_RUNLIGHT_CARRIER_FAULT]: "size" });
}

/** The carrier remembered for the attempt that begins now, once. */
export function recallNextAttempt(queue: string, jobId: string): QueueCarrier | undefined {
  const key = keyOf(queue, jobId);
  const carrier = nextCarriers.get(key);
  nextCarriers.delete(key);
  return carrier;
}

function keyOf(queue: string, jobId: string): string {
  return JSON.stringify([queue, jobId]);
}
