import type { CheckOutcome, OperationKind, Outcome } from "@runlight/conventions/names";

/** What a run did: the same object live, in `workflow.summary`, in `runlight show --json`. */
export interface RunSummary {
  readonly runId: string;
  readonly workflow: string;
  /** `running`, `silent` and `lost` are states of runs that have no outcome. */
  readonly status: Outcome | "lost" | "running" | "silent";
  readonly traceId: string;
  /** RFC 3339, UTC. */
  readonly startTime: string;
  readonly endTime: string | undefined;
  readonly durationSeconds: number;
  /** How long nothing inside the run was open, in seconds; `undefined` of a run without an end. */
  readonly selfSeconds: number | undefined;
  readonly trigger: string | undefined;
  readonly stages: readonly StageSummary[];
  /** Name of the stage that took longest. */
  readonly slowestStage: string | undefined;
  readonly pipelines: readonly PipelineSummary[];
  readonly kernels: readonly KernelSummary[];
  /** Where the time went: what took most of it itself first; at most 10. */
  readonly bottlenecks: readonly BottleneckSummary[];
  readonly success: SuccessSummary;
  readonly items: readonly ItemsSummary[];
  readonly progress: ProgressSummary | undefined;
  /** Highest resident memory of the process during the run, in bytes. */
  readonly peakMemoryBytes: number | undefined;
  readonly checks: readonly CheckSummary[];
  readonly artifacts: readonly ArtifactSummary[];
  readonly warnings: NoticeList;
  readonly errors: ErrorList;
  /** Open operations, outermost first, as `kind name`: of a running run, or of a lost one when it was lost. */
  readonly open: readonly string[];
}

/** All times that one stage ran within the run. */
export interface StageSummary {
  readonly name: string;
  readonly count: number;
  readonly failed: number;
  readonly durationSeconds: number;
  /** Of this, how long nothing inside was open, in seconds: what ran inside at the same time is taken off once. All of it where the records do not tell. */
  readonly selfSeconds: number;
  /** Part of the run's duration, 0 to 1; nested and concurrent stages each count in full. */
  readonly share: number;
  readonly items: number;
  /** What an item is, in the singular. */
  readonly itemsUnit: string | undefined;
  /** Items by `durationSeconds`; 0 where that is 0. */
  readonly itemsPerSecond: number;
  /** Resident memory when it first began, in bytes. */
  readonly startMemoryBytes: number | undefined;
  /** Resident memory when it last ended, in bytes. */
  readonly endMemoryBytes: number | undefined;
  readonly peakMemoryBytes: number | undefined;
}

/** All times that one pipeline ran within the run. */
export type PipelineSummary = StageSummary;

/** What took part of the run's time itself: a kernel, or a stage, a pipeline or the workflow while nothing inside was open. */
export interface BottleneckSummary {
  readonly kind: OperationKind;
  readonly name: string;
  /** Of all that bear the name, in seconds. */
  readonly selfSeconds: number;
  /** Part of the run's duration, 0 to 1; what ran at the same time counts in full. */
  readonly share: number;
}

/** How much of what ended, ended well. */
export interface SuccessSummary {
  readonly stages: SuccessRate;
  readonly pipelines: SuccessRate;
  readonly kernels: SuccessRate;
  /** Stages and pipelines that were attempts at something, which count among those as well. */
  readonly attempts: SuccessRate;
}

/** How many ended, and how many of them neither in success nor in skip. */
export interface SuccessRate {
  readonly count: number;
  readonly failed: number;
  /** Part that ended well, 0 to 1; `undefined` where none ended. */
  readonly rate: number | undefined;
}

/** All calls of one kernel within the run. */
export interface KernelSummary {
  readonly name: string;
  readonly count: number;
  readonly failed: number;
  readonly durationSeconds: number;
  readonly maxSeconds: number;
}

/** Items counted in one unit. */
export interface ItemsSummary {
  readonly unit: string;
  readonly processed: number;
  readonly perSecond: number;
}

/** The last progress told. */
export interface ProgressSummary {
  readonly done: number;
  readonly total: number | undefined;
  readonly unit: string | undefined;
}

/** One data-quality check. */
export interface CheckSummary {
  readonly name: string;
  readonly outcome: CheckOutcome;
  readonly value: number;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly unit: string | undefined;
  /** Why it did not pass; `undefined` when it did. */
  readonly reason: string | undefined;
  /** Stage in which it was made. */
  readonly stage: string | undefined;
  /** What the run or stage was working on. */
  readonly subject: string | undefined;
}

/** One file worth keeping. */
export interface ArtifactSummary {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** Warnings: how many, and the first ones (at most 100). */
export interface NoticeList {
  readonly count: number;
  readonly first: readonly NoticeSummary[];
}

/** One warning. */
export interface NoticeSummary {
  readonly time: string;
  readonly text: string;
  readonly stage: string | undefined;
}

/** Errors: how many, and the first ones (at most 100). */
export interface ErrorList {
  readonly count: number;
  readonly first: readonly ErrorSummary[];
}

/** One error, told once however many operations it passed through. */
export interface ErrorSummary {
  readonly time: string;
  /** Where it was first seen, as `kind name`. */
  readonly operation: string;
  readonly type: string;
  readonly message: string;
  readonly stacktrace: string | undefined;
}
