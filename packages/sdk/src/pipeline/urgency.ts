import type { Attributes } from "@opentelemetry/api";
import { promptEvents, toldKinds } from "@runlight/conventions";
import { ATTR_RUNLIGHT_OPERATION_KIND } from "@runlight/conventions/names";
import type { AppendOptions } from "@runlight/spool";

/** How soon an item has to be in the file. */
export type Urgency = AppendOptions["urgency"];

const promptKinds: ReadonlySet<unknown> = new Set(toldKinds);

/** Spans of workflows, stages and pipelines are prompt; those of kernels and of other instrumentations come too often for that. */
export function urgencyOfSpan(attributes: Attributes): Urgency {
  return promptKinds.has(attributes[ATTR_RUNLIGHT_OPERATION_KIND]) ? "prompt" : "batched";
}

/** Starts, ends, exceptions and the nearness of an end are prompt; heartbeats, progress and the user's logs are not. */
export function urgencyOfEvent(eventName: string | undefined): Urgency {
  return eventName !== undefined && promptEvents.has(eventName) ? "prompt" : "batched";
}
