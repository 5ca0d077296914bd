import { foldedEvents, lifecyclePlace } from "@runlight/conventions";
import type { LifecyclePlace } from "@runlight/conventions";
import {
  ATTR_EXCEPTION_MESSAGE,
  ATTR_RUNLIGHT_ERROR_COUNT,
  ATTR_RUNLIGHT_LOST_EVIDENCE,
  ATTR_RUNLIGHT_OPERATION_KIND,
  ATTR_RUNLIGHT_OPERATION_OUTCOME,
  ATTR_RUNLIGHT_OPERATION_SELF_DURATION,
  ATTR_RUNLIGHT_STAGE_NAME,
  ATTR_WORKFLOW_TRIGGER_TYPE,
  EVENT_ARTIFACT_CREATED,
  EVENT_DATA_QUALITY_CHECK,
  EVENT_WORKFLOW_HEARTBEAT,
  EVENT_WORKFLOW_PROGRESS,
} from "@runlight/conventions/names";
import type { OperationKind, Outcome } from "@runlight/conventions/names";
import { rfc3339 } from "../clock.ts";
import { createBoundedList } from "./bounded-list.ts";
import { endedOperation, foldedOperations } from "./ended-operations.ts";
import type { EndedOperations } from "./ended-operations.ts";
import { createItemTally } from "./item-tally.ts";
import { createKernelTally } from "./kernel-tally.ts";
import { artifactOf, bodyText, checkOf, errorOf, progressOf } from "./record-parts.ts";
import type {
  ArtifactSummary,
  CheckSummary,
  ErrorSummary,
  NoticeSummary,
  ProgressSummary,
  RunSummary,
} from "./run-summary.ts";
import { createStartedOperations } from "./started-operations.ts";
import type { SummaryEvent } from "./summary-event.ts";
import { numberAt, peakMemoryAt, textAt } from "./summary-event.ts";
import { createWork } from "./work.ts";

/** Who the run is. */
export interface SummaryIdentity {
  readonly id: string;
  readonly workflowName: string;
  /** Unix time in milliseconds. */
  readonly startTimeMs: number;
}

/** What the run is now. */
export interface SummaryState {
  /** A state for runs without an outcome; the outcome told by the run's own end stands above it. */
  readonly status: "lost" | "running" | "silent";
  /** Unix time in milliseconds up to which an unfinished run has lasted. */
  readonly atMs: number;
}

/** Folds the records of one run into its summary: the same fold live and afterwards. */
export interface SummaryBuilder {
  /** Takes one log record of the run into account, in the order of time. */
  record(event: SummaryEvent): void;
  /** Takes one ended kernel call into account; kernels leave records only when they fail. */
  kernel(name: string, durationSeconds: number, failed: boolean): void;
  build(state: SummaryState): RunSummary;
}

const foldedKinds: ReadonlyMap<string | undefined, OperationKind> = new Map(
  (["stage", "pipeline"] as const).map((kind) => [foldedEvents[kind], kind]),
);

/**
 * Creates the fold for one run. Memory is bounded by the number of stage, pipeline, kernel and unit names, the operations open at once and
 * `maxSummaryEntries`.
 */
export function createSummaryBuilder(identity: SummaryIdentity): SummaryBuilder {
  const work = createWork();
  const kernels = createKernelTally();
  const items = createItemTally();
  const open = createStartedOperations();
  const warnings = createBoundedList<NoticeSummary>();
  const errors = createBoundedList<ErrorSummary>();
  const checks = createBoundedList<CheckSummary>();
  const artifacts = createBoundedList<ArtifactSummary>();
  let traceId = "";
  let trigger: string | undefined;
  let runProgress: ProgressSummary | undefined;
  let stageProgress: ProgressSummary | undefined;
  let peakMemoryBytes: number | undefined;
  let end: { readonly timeMs: number; readonly outcome: Outcome; readonly selfSeconds: number | undefined } | undefined;

  function count(ended: EndedOperations): void {
    items.add(ended.event);
    work.add(ended);
  }

  function lived(event: SummaryEvent, { kind, moment }: LifecyclePlace): void {
    if (moment === "started") {
      if (kind === "workflow") trigger = textAt(event, ATTR_WORKFLOW_TRIGGER_TYPE);
      open.add(event);
    } else if (moment === "lost") {
      if (kind === "workflow")
        errors.add({ ...errorOf(event), type: "lost", message: textAt(event, ATTR_RUNLIGHT_LOST_EVIDENCE) ?? "" });
    } else {
      const ended = endedOperation(event, kind, open.take(event));
      count(ended);
      if (kind === "workflow") {
        const outcome = textAt(event, ATTR_RUNLIGHT_OPERATION_OUTCOME) as Outcome;
        end = { timeMs: event.timeMs, outcome, selfSeconds: numberAt(event, ATTR_RUNLIGHT_OPERATION_SELF_DURATION) };
      }
      note(event);
    }
  }

  function note(event: SummaryEvent): void {
    if (textAt(event, ATTR_EXCEPTION_MESSAGE) !== undefined) errors.add(errorOf(event));
    else if (event.eventName !== undefined) return;
    else if (event.severityNumber >= 17) errors.add(errorOf(event));
    else if (event.severityNumber >= 13)
      warnings.add({
        time: rfc3339(event.timeMs),
        text: bodyText(event),
        stage: textAt(event, ATTR_RUNLIGHT_STAGE_NAME),
      });
  }

  return {
    record(event) {
      if (traceId === "" && event.traceId !== undefined) traceId = event.traceId;
      const peak = peakMemoryAt(event);
      if (peak !== undefined) peakMemoryBytes = Math.max(peakMemoryBytes ?? 0, peak);
      const place = lifecyclePlace(event.eventName);
      if (place !== undefined) {
        lived(event, place);
        return;
      }
      const folded = foldedKinds.get(event.eventName);
      if (folded !== undefined) {
        count(foldedOperations(event, folded));
        errors.miss(numberAt(event, ATTR_RUNLIGHT_ERROR_COUNT) ?? 0);
        return;
      }
      switch (event.eventName) {
        case EVENT_DATA_QUALITY_CHECK:
          checks.add(checkOf(event));
          return;
        case EVENT_ARTIFACT_CREATED:
          artifacts.add(artifactOf(event));
          return;
        case EVENT_WORKFLOW_PROGRESS:
        case EVENT_WORKFLOW_HEARTBEAT:
          // A stage's progress stands in only until the run tells its own.
          if ((textAt(event, ATTR_RUNLIGHT_OPERATION_KIND) ?? "workflow") === "workflow")
            runProgress = progressOf(event) ?? runProgress;
          else stageProgress = progressOf(event);
          return;
        default:
          note(event);
      }
    },
    kernel: (name, durationSeconds, failed) => kernels.add(name, durationSeconds, failed),
    build(state) {
      const endMs = end?.timeMs ?? state.atMs;
      const durationSeconds = Math.max(0, endMs - identity.startTimeMs) / 1000;
      const kernelList = kernels.list();
      const { stages, pipelines, bottlenecks, success } = work.list(durationSeconds, kernelList, {
        name: identity.workflowName,
        selfSeconds: end?.selfSeconds ?? 0,
      });
      return {
        runId: identity.id,
        workflow: identity.workflowName,
        status: end?.outcome ?? state.status,
        traceId,
        startTime: rfc3339(identity.startTimeMs),
        endTime: end === undefined ? undefined : rfc3339(end.timeMs),
        durationSeconds,
        selfSeconds: end?.selfSeconds,
        trigger,
        stages,
        slowestStage: [...stages].sort((a, b) => b.durationSeconds - a.durationSeconds)[0]?.name,
        pipelines,
        kernels: kernelList,
        bottlenecks,
        success,
        items: items.list(durationSeconds),
        progress: runProgress ?? stageProgress,
        peakMemoryBytes,
        checks: checks.first(),
        artifacts: artifacts.first(),
        warnings: { count: warnings.count(), first: warnings.first() },
        errors: { count: errors.count(), first: errors.first() },
        open: end === undefined ? open.list() : [],
      };
    },
  };
}
