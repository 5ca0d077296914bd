import { rankBottlenecks } from "./bottlenecks.ts";
import type { EndedOperations } from "./ended-operations.ts";
import { createOperationTally } from "./operation-tally.ts";
import type { KernelSummary, RunSummary } from "./run-summary.ts";
import { createSuccessTally } from "./success-tally.ts";

/** What the parts of a run did: how often, how long, how well. */
export interface Work {
  /** Takes stages and pipelines into account that are over; other kinds are passed over. */
  add(ended: EndedOperations): void;
  list(
    runSeconds: number,
    kernels: readonly KernelSummary[],
    workflow: { readonly name: string; readonly selfSeconds: number },
  ): Pick<RunSummary, "bottlenecks" | "pipelines" | "stages" | "success">;
}

/** Begins with nothing done. */
export function createWork(): Work {
  const tallies = { stage: createOperationTally(), pipeline: createOperationTally() };
  const rates = { stage: createSuccessTally(), pipeline: createSuccessTally(), attempts: createSuccessTally() };
  return {
    add(ended) {
      const { kind, count, failed, attempts } = ended;
      if (kind !== "stage" && kind !== "pipeline") return;
      tallies[kind].add(ended);
      rates[kind].add(count, failed);
      if (attempts > 0) rates.attempts.add(attempts, Math.min(attempts, failed));
    },
    list(runSeconds, kernels, workflow) {
      const stages = tallies.stage.list(runSeconds);
      const pipelines = tallies.pipeline.list(runSeconds);
      const kernelRate = createSuccessTally();
      for (const { count, failed } of kernels) kernelRate.add(count, failed);
      return {
        stages,
        pipelines,
        bottlenecks: rankBottlenecks(
          [
            { kind: "workflow", ...workflow },
            ...stages.map(({ name, selfSeconds }) => ({ kind: "stage", name, selfSeconds }) as const),
            ...pipelines.map(({ name, selfSeconds }) => ({ kind: "pipeline", name, selfSeconds }) as const),
            ...kernels.map(
              ({ name, durationSeconds }) => ({ kind: "kernel", name, selfSeconds: durationSeconds }) as const,
            ),
          ],
          runSeconds,
        ),
        success: {
          stages: rates.stage.rate(),
          pipelines: rates.pipeline.rate(),
          kernels: kernelRate.rate(),
          attempts: rates.attempts.rate(),
        },
      };
    },
  };
}
