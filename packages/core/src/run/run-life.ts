import {
  ATTR_RUNLIGHT_ERROR_COUNT,
  ATTR_RUNLIGHT_WARNING_COUNT,
  ATTR_WORKFLOW_EXECUTION_OUTCOME,
  EVENT_WORKFLOW_SUMMARY,
} from "@runlight/conventions/names";
import type { Outcome } from "@runlight/conventions/names";
import { now } from "../clock.ts";
import { tellRun, tellSummary } from "../operation/channels.ts";
import type { Operation } from "../operation/operation.ts";
import { sharedState } from "../shared-state.ts";
import { operationSink } from "../sink/registered-sink.ts";
import { startHeartbeat } from "./heartbeat.ts";
import type { Run } from "./run.ts";

const heartbeats = new WeakMap<Run, { stop(): void }>();

/** Makes the run known as active and lets its heart beat, once its root operation has begun. */
export function runBegan(run: Run, root: Operation): void {
  sharedState().activeRuns.add(run);
  heartbeats.set(run, startHeartbeat(run, root));
  tellRun(root);
}

/** Ends the run after its root operation: the last heartbeat is past, the summary is told. */
export function runEnded(run: Run, root: Operation, outcome: Outcome): void {
  heartbeats.get(run)?.stop();
  sharedState().activeRuns.delete(run);
  const timeMs = now();
  const summary = run.summary.build({ status: "running", atMs: timeMs });
  operationSink().emit(
    {
      eventName: EVENT_WORKFLOW_SUMMARY,
      severity: "INFO",
      timeMs,
      attributes: {
        ...root.innerAttributes,
        [ATTR_WORKFLOW_EXECUTION_OUTCOME]: outcome,
        [ATTR_RUNLIGHT_WARNING_COUNT]: summary.warnings.count,
        [ATTR_RUNLIGHT_ERROR_COUNT]: summary.errors.count,
      },
      body: summary as unknown as Readonly<Record<string, unknown>>,
    },
    root.context,
  );
  tellSummary(summary);
}
