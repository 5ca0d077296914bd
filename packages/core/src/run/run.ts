import { now } from "../clock.ts";
import type { Operation } from "../operation/operation.ts";
import type { Progress } from "../operation/progress.ts";
import { createSummaryBuilder } from "../summary/summary-builder.ts";
import type { SummaryBuilder } from "../summary/summary-builder.ts";
import { createRunId } from "./run-id.ts";

/** Part of the work that must be done before its pace tells anything. */
const leastShare = 0.01;

/** One run of a workflow, while it lasts: plain state; `run-life.ts` begins and ends it. */
export class Run {
  readonly id: string;
  readonly workflowName: string;
  readonly startTimeMs: number;
  /** The run's operations that have begun and not ended, in the order they began; kernels are not among them. */
  readonly open: Set<Operation> = new Set();
  /** Folds the run's records into its summary. */
  readonly summary: SummaryBuilder;
  /** Unix time in milliseconds of the last sign of life. */
  lastHeartbeatMs: number;
  #progress: Progress | undefined;
  #progressMs = 0;

  constructor(workflowName: string, startTimeMs: number) {
    this.id = createRunId(startTimeMs);
    this.workflowName = workflowName;
    this.startTimeMs = startTimeMs;
    this.lastHeartbeatMs = startTimeMs;
    this.summary = createSummaryBuilder(this);
  }

  /** The last progress the run told. */
  get progress(): Progress | undefined {
    return this.#progress;
  }

  set progress(progress: Progress | undefined) {
    this.#progress = progress;
    this.#progressMs = now();
  }

  /**
   * Seconds until the run is likely to end, supposing that the rest goes as fast as what is done; `undefined` while less than a hundredth
   * is done, or no total is known.
   */
  secondsLeft(atMs: number): number | undefined {
    const share = this.progressFraction;
    if (share === undefined || share < leastShare) return undefined;
    const untilProgressMs = this.#progressMs - this.startTimeMs;
    return Math.max(0, untilProgressMs / share - (atMs - this.startTimeMs)) / 1000;
  }

  /** Part done, 0 to 1; `undefined` while no total is known. */
  get progressFraction(): number | undefined {
    const { done, total } = this.progress ?? {};
    return done === undefined || total === undefined || !(total > 0)
      ? undefined
      : Math.min(1, Math.max(0, done / total));
  }
}
