import {
  ATTR_RUNLIGHT_OPERATION_KIND,
  ATTR_RUNLIGHT_OPERATION_NAME,
  EVENT_WORKFLOW_PROGRESS,
} from "@runlight/conventions/names";
import { now } from "../clock.ts";
import { recordInRun } from "../run/run-records.ts";
import { operationSink } from "../sink/registered-sink.ts";
import { tellOperation } from "./channels.ts";
import type { Operation } from "./operation.ts";
import { progressAttributes } from "./progress.ts";
import type { Progress } from "./progress.ts";

/** Least time between two progress records of one operation. */
export const progressIntervalMs = 1000;

/** Tells an operation's progress: to watchers each time, as a record at most once in {@link progressIntervalMs} and once when it is complete: beyond its total it is so each time. */
export function createProgressTeller(operation: Operation): (progress: Progress) => void {
  let lastMs = Number.NEGATIVE_INFINITY;
  let isCompleteTold = false;
  return (progress) => {
    if (operation.kind === "workflow" && operation.run !== undefined) operation.run.progress = progress;
    tellOperation("progress", operation);
    const timeMs = now();
    const completes = !isCompleteTold && progress.done === progress.total;
    if (timeMs - lastMs < progressIntervalMs && !completes) return;
    lastMs = timeMs;
    isCompleteTold ||= completes;
    const record = {
      eventName: EVENT_WORKFLOW_PROGRESS,
      severity: "DEBUG",
      timeMs,
      attributes: {
        ...operation.innerAttributes,
        [ATTR_RUNLIGHT_OPERATION_KIND]: operation.kind,
        [ATTR_RUNLIGHT_OPERATION_NAME]: operation.name,
        ...progressAttributes(progress),
      },
    } as const;
    operationSink().emit(record, operation.context);
    recordInRun(operation.run, record, operation.spanContext);
  };
}
