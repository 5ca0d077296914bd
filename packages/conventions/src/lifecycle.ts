import {
  EVENT_EXCEPTION,
  EVENT_KERNEL_FAILED,
  EVENT_PIPELINE_COMPLETED,
  EVENT_PIPELINE_FAILED,
  EVENT_PIPELINE_FOLDED,
  EVENT_PIPELINE_LOST,
  EVENT_PIPELINE_QUEUED,
  EVENT_PIPELINE_STARTED,
  EVENT_STAGE_COMPLETED,
  EVENT_STAGE_FAILED,
  EVENT_STAGE_FOLDED,
  EVENT_STAGE_LOST,
  EVENT_STAGE_STARTED,
  EVENT_WORKFLOW_COMPLETED,
  EVENT_WORKFLOW_FAILED,
  EVENT_WORKFLOW_LOST,
  EVENT_WORKFLOW_STARTED,
  EVENT_WORKFLOW_SUMMARY,
  EVENT_WORKFLOW_WALLTIME_NEAR,
} from "./generated/names.ts";
import type { EventName, OperationKind } from "./generated/names.ts";

/** Where in an operation's life a record stands. All but `started` are terminal; `lost` is told by recovery in place of an end. */
export type LifecycleMoment = "completed" | "failed" | "lost" | "started";

/** The record of each moment of one kind of operation; `undefined` where the kind leaves none. */
export type LifecycleEvents = Readonly<Record<LifecycleMoment, EventName | undefined>>;

/** What an operation of each kind tells of its life: the one table of it. */
export const lifecycleEvents: Readonly<Record<OperationKind, LifecycleEvents>> = {
  workflow: {
    started: EVENT_WORKFLOW_STARTED,
    completed: EVENT_WORKFLOW_COMPLETED,
    failed: EVENT_WORKFLOW_FAILED,
    lost: EVENT_WORKFLOW_LOST,
  },
  stage: {
    started: EVENT_STAGE_STARTED,
    completed: EVENT_STAGE_COMPLETED,
    failed: EVENT_STAGE_FAILED,
    lost: EVENT_STAGE_LOST,
  },
  pipeline: {
    started: EVENT_PIPELINE_STARTED,
    completed: EVENT_PIPELINE_COMPLETED,
    failed: EVENT_PIPELINE_FAILED,
    lost: EVENT_PIPELINE_LOST,
  },
  // There are too many kernel calls for records of all.
  kernel: { started: undefined, completed: undefined, failed: EVENT_KERNEL_FAILED, lost: undefined },
};

/** The kinds that tell their start and each of their ends. */
export const toldKinds: readonly OperationKind[] = (Object.keys(lifecycleEvents) as OperationKind[]).filter(
  (kind) => lifecycleEvents[kind].started !== undefined,
);

/** Whose life a record tells of, and where in it. */
export interface LifecyclePlace {
  readonly kind: OperationKind;
  readonly moment: LifecycleMoment;
}

const places: ReadonlyMap<string | undefined, LifecyclePlace> = new Map(
  toldKinds.flatMap((kind) =>
    (Object.keys(lifecycleEvents[kind]) as LifecycleMoment[]).map(
      (moment) => [lifecycleEvents[kind][moment], { kind, moment }] as const,
    ),
  ),
);

/** The place of a record in the life of an operation whose kind tells both start and end; `undefined` for any other record. */
export function lifecyclePlace(eventName: string | undefined): LifecyclePlace | undefined {
  return places.get(eventName);
}

/** What stands for folded operations that left no records of their own; `undefined` for kinds that leave none anyway. */
export const foldedEvents: Readonly<Record<OperationKind, EventName | undefined>> = {
  workflow: undefined,
  stage: EVENT_STAGE_FOLDED,
  pipeline: EVENT_PIPELINE_FOLDED,
  kernel: undefined,
};

/** Records that must not wait in memory: starts, ends, what stands in for them, and what announces the end of the process. */
export const promptEvents: ReadonlySet<string> = new Set<string>([
  ...[...places.keys()].filter((name) => name !== undefined),
  EVENT_WORKFLOW_SUMMARY,
  EVENT_WORKFLOW_WALLTIME_NEAR,
  EVENT_PIPELINE_QUEUED,
  EVENT_EXCEPTION,
]);
