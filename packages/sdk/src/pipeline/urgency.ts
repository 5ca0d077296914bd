import type { Attributes } from "@opentelemetry/api";
import {
  ATTR_RUNLIGHT_OPERATION_KIND,
  EVENT_EXCEPTION,
  EVENT_PIPELINE_COMPLETED,
  EVENT_PIPELINE_FAILED,
  EVENT_PIPELINE_LOST,
  EVENT_PIPELINE_QUEUED,
  EVENT_PIPELINE_STARTED,
  EVENT_STAGE_COMPLETED,
  EVENT_STAGE_FAILED,
  EVENT_STAGE_LOST,
  EVENT_STAGE_STARTED,
  EVENT_WORKFLOW_COMPLETED,
  EVENT_WORKFLOW_FAILED,
  EVENT_WORKFLOW_LOST,
  EVENT_WORKFLOW_STARTED,
  EVENT_WORKFLOW_SUMMARY,
  EVENT_WORKFLOW_WALLTIME_NEAR,
} from "@runlight/conventions/names";
import type { OperationKind } from "@runlight/conventions/names";
import type { AppendOptions } from "@runlight/spool";

/** How soon an item has to be in the file. */
export type Urgency = AppendOptions["urgency"];

const promptKinds: ReadonlySet<unknown> = new Set<OperationKind>(["workflow", "stage", "pipeline"]);

const promptEvents: ReadonlySet<string> = new Set([
  EVENT_WORKFLOW_STARTED,
  EVENT_WORKFLOW_COMPLETED,
  EVENT_WORKFLOW_FAILED,
  EVENT_WORKFLOW_LOST,
  EVENT_WORKFLOW_SUMMARY,
  EVENT_WORKFLOW_WALLTIME_NEAR,
  EVENT_STAGE_STARTED,
  EVENT_STAGE_COMPLETED,
  EVENT_STAGE_FAILED,
  EVENT_STAGE_LOST,
  EVENT_PIPELINE_STARTED,
  EVENT_PIPELINE_COMPLETED,
  EVENT_PIPELINE_FAILED,
  EVENT_PIPELINE_LOST,
  EVENT_PIPELINE_QUEUED,
  EVENT_EXCEPTION,
]);

/** Spans of workflows, stages and pipelines are prompt; those of kernels and of other instrumentations come too often for that. */
export function urgencyOfSpan(attributes: Attributes): Urgency {
  return promptKinds.has(attributes[ATTR_RUNLIGHT_OPERATION_KIND]) ? "prompt" : "batched";
}

/** Starts, ends, exceptions and the nearness of an end are prompt; heartbeats, progress and the user's logs are not. */
export function urgencyOfEvent(eventName: string | undefined): Urgency {
  return eventName !== undefined && promptEvents.has(eventName) ? "prompt" : "batched";
}
