import type { Operation } from "../operation/operation.ts";
import type { Progress } from "../operation/progress.ts";
import { createSummaryBuilder } from "../summary/summary-builder.ts";
import type { SummaryBuilder } from "../summary/summary-builder.ts";
import { createRunId } from "./run-id.ts";

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
  progress: Progress | undefined;

  constructor(workflowName: string, startTimeMs: number) {
    this.id = createRunId(startTimeMs);
    this.workflowName = workflowName;
    this.startTimeMs = startTimeMs;
    this.lastHeartbeatMs = startTimeMs;
    this.summary = createSummaryBuilder(this);
  }

  /** Part done, 0 to 1; `undefined` while no total is known. */
  get progressFraction(): number | undefined {
    const { done, total } = this.progress ?? {};
    return done === undefined || total === undefined || !(total > 0)
      ? undefined
      : Math.min(1, Math.max(0, done / total));
  }
}
