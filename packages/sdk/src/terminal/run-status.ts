import type { WatchedOperation } from "./watched-operation.ts";

/** A run as the live status shows it. */
export interface RunStatus {
  /** The workflow operation. */
  readonly root: WatchedOperation;
  /** Open stages and pipelines, in the order they began. */
  readonly open: Set<WatchedOperation>;
  /** Seconds from its start to its last progress. */
  progressSeconds: number;
}

/** Runs and their open operations; kernels are not followed: they begin and end by the million. */
export interface RunBoard {
  readonly runs: ReadonlyMap<string, RunStatus>;
  started(operation: WatchedOperation): void;
  progressed(operation: WatchedOperation): void;
  ended(operation: WatchedOperation): void;
}

/** Begins with no run. What began before the board did is not on it. */
export function createRunBoard(): RunBoard {
  const runs = new Map<string, RunStatus>();
  return {
    runs,
    started(operation) {
      if (operation.run === undefined || operation.kind === "kernel") return;
      if (operation.kind === "workflow")
        runs.set(operation.run.id, { root: operation, open: new Set(), progressSeconds: 0 });
      else runs.get(operation.run.id)?.open.add(operation);
    },
    progressed(operation) {
      const status = operation.kind === "workflow" ? runs.get(operation.run?.id ?? "") : undefined;
      if (status) status.progressSeconds = operation.durationSeconds;
    },
    ended(operation) {
      if (operation.run === undefined || operation.kind === "kernel") return;
      if (operation.kind === "workflow") runs.delete(operation.run.id);
      else runs.get(operation.run.id)?.open.delete(operation);
    },
  };
}
