import { lifecyclePlace } from "@runlight/conventions";
import type { LifecyclePlace } from "@runlight/conventions";
import {
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_STACKTRACE,
  ATTR_EXCEPTION_TYPE,
  ATTR_RUNLIGHT_LOST_EVIDENCE,
  ATTR_RUNLIGHT_OPERATION_KIND,
  ATTR_RUNLIGHT_OPERATION_NAME,
  ATTR_RUNLIGHT_OPERATION_OUTCOME,
  ATTR_RUNLIGHT_STAGE_NAME,
  ATTR_WORKFLOW_TRIGGER_TYPE,
  EVENT_ARTIFACT_CREATED,
  EVENT_DATA_QUALITY_CHECK,
  EVENT_WORKFLOW_HEARTBEAT,
  EVENT_WORKFLOW_PROGRESS,
} from "@runlight/conventions/names";
import type { OperationKind, Outcome } from "@runlight/conventions/names";
import { rfc3339 } from "../clock.ts";
import { createItemTally } from "./item-tally.ts";
import { createKernelTally } from "./kernel-tally.ts";
import { artifactOf, checkOf, progressOf } from "./record-parts.ts";
import type {
  ArtifactSummary,
  CheckSummary,
  ErrorSummary,
  NoticeSummary,
  ProgressSummary,
  RunSummary,
} from "./run-summary.ts";
import { createStageTally } from "./stage-tally.ts";
import type { SummaryEvent } from "./summary-event.ts";
import { peakMemoryAt, textAt } from "./summary-event.ts";

/** Most entries of each list of a summary; all are counted. */
export const maxSummaryEntries = 100;

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

/** Creates the fold for one run. Memory is bounded by the number of stage, kernel and unit names and {@link maxSummaryEntries}. */
export function createSummaryBuilder(identity: SummaryIdentity): SummaryBuilder {
  const stages = createStageTally();
  const kernels = createKernelTally();
  const items = createItemTally();
  const open = new Map<string, string>();
  const warnings = createBoundedList<NoticeSummary>();
  const errors = createBoundedList<ErrorSummary>();
  const checks = createBoundedList<CheckSummary>();
  const artifacts = createBoundedList<ArtifactSummary>();
  let traceId = "";
  let trigger: string | undefined;
  let runProgress: ProgressSummary | undefined;
  let stageProgress: ProgressSummary | undefined;
  let peakMemoryBytes: number | undefined;
  let end: { readonly timeMs: number; readonly outcome: Outcome } | undefined;

  function ended(event: SummaryEvent, kind: OperationKind): void {
    open.delete(event.spanId ?? "");
    items.add(event);
    if (kind === "stage") stages.add(event);
    if (kind === "workflow")
      end = { timeMs: event.timeMs, outcome: textAt(event, ATTR_RUNLIGHT_OPERATION_OUTCOME) as Outcome };
  }

  function lived(event: SummaryEvent, { kind, moment }: LifecyclePlace): void {
    switch (moment) {
      case "started":
        if (kind === "workflow") trigger = textAt(event, ATTR_WORKFLOW_TRIGGER_TYPE);
        open.set(event.spanId ?? "", describeOperation(event));
        return;
      case "completed":
      case "failed":
        ended(event, kind);
        note(event);
        return;
      case "lost":
        if (kind === "workflow")
          errors.add({ ...errorOf(event), type: "lost", message: textAt(event, ATTR_RUNLIGHT_LOST_EVIDENCE) ?? "" });
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
      const stageList = stages.list(durationSeconds);
      return {
        runId: identity.id,
        workflow: identity.workflowName,
        status: end?.outcome ?? state.status,
        traceId,
        startTime: rfc3339(identity.startTimeMs),
        endTime: end === undefined ? undefined : rfc3339(end.timeMs),
        durationSeconds,
        trigger,
        stages: stageList,
        slowestStage: [...stageList].sort((a, b) => b.durationSeconds - a.durationSeconds)[0]?.name,
        kernels: kernels.list(),
        items: items.list(durationSeconds),
        progress: runProgress ?? stageProgress,
        peakMemoryBytes,
        checks: checks.first(),
        artifacts: artifacts.first(),
        warnings: { count: warnings.count(), first: warnings.first() },
        errors: { count: errors.count(), first: errors.first() },
        open: end === undefined ? [...open.values()] : [],
      };
    },
  };
}

function createBoundedList<Entry>(): { add(entry: Entry): void; count(): number; first(): readonly Entry[] } {
  const entries: Entry[] = [];
  let count = 0;
  return {
    add(entry) {
      count += 1;
      if (entries.length < maxSummaryEntries) entries.push(entry);
    },
    count: () => count,
    first: () => entries,
  };
}

function describeOperation(event: SummaryEvent): string {
  return `${textAt(event, ATTR_RUNLIGHT_OPERATION_KIND)} ${textAt(event, ATTR_RUNLIGHT_OPERATION_NAME)}`;
}

function errorOf(event: SummaryEvent): ErrorSummary {
  const stage = textAt(event, ATTR_RUNLIGHT_STAGE_NAME);
  const place =
    textAt(event, ATTR_RUNLIGHT_OPERATION_KIND) === undefined
      ? stage === undefined
        ? "log"
        : `stage ${stage}`
      : describeOperation(event);
  return {
    time: rfc3339(event.timeMs),
    operation: place,
    type: textAt(event, ATTR_EXCEPTION_TYPE) ?? "log",
    message: textAt(event, ATTR_EXCEPTION_MESSAGE) ?? bodyText(event),
    stacktrace: textAt(event, ATTR_EXCEPTION_STACKTRACE),
  };
}

function bodyText(event: SummaryEvent): string {
  return typeof event.body === "string" ? event.body : (JSON.stringify(event.body) ?? "");
}
