import {
  ATTR_MESSAGING_DESTINATION_NAME,
  ATTR_MESSAGING_MESSAGE_ID,
  ATTR_MESSAGING_OPERATION_NAME,
  ATTR_MESSAGING_OPERATION_TYPE,
  ATTR_MESSAGING_SYSTEM,
  ATTR_RUNLIGHT_QUEUE_JOB_NAME,
} from "@runlight/conventions/names";
import type { AttributesInput } from "@runlight/core";

/** What BullMQ calls the parts of a job that its spans tell. Written here as importing them would load all of BullMQ. */
export const bullmqAttributes = {
  queueName: "bullmq.queue.name",
  jobId: "bullmq.job.id",
  jobName: "bullmq.job.name",
  attemptsMade: "bullmq.job.attempts.made",
  bulkCount: "bullmq.job.bulk.count",
  failedReason: "bullmq.job.failed.reason",
} as const;

/** What is known of the queue when a span begins. */
export function queueAttributes(queue: string, operation: string, type: "process" | "send"): AttributesInput {
  return {
    [ATTR_MESSAGING_SYSTEM]: "bullmq",
    [ATTR_MESSAGING_DESTINATION_NAME]: queue,
    [ATTR_MESSAGING_OPERATION_NAME]: operation,
    [ATTR_MESSAGING_OPERATION_TYPE]: type,
  };
}

/** Name of the queue, which BullMQ tells before anything else. */
export function queueName(told: Readonly<Record<string, unknown>>): string {
  const name = told[bullmqAttributes.queueName];
  return typeof name === "string" ? name : "";
}

/** What BullMQ tells of the job, by our names; the rest of what it tells is left out. */
export function jobAttributes(told: Readonly<Record<string, unknown>>): AttributesInput {
  return {
    [ATTR_MESSAGING_MESSAGE_ID]: told[bullmqAttributes.jobId],
    [ATTR_RUNLIGHT_QUEUE_JOB_NAME]: told[bullmqAttributes.jobName],
  };
}
