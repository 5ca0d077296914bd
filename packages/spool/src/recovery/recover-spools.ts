import type { OperationKind } from "@runlight/conventions/names";

/** One run that recovery closed operations of. */
export interface RecoveredRun {
  readonly directory: string;
  readonly serviceName: string;
  /** `workflow.execution.id` of the operations; absent for operations outside of a run. */
  readonly runId?: string;
  /** `workflow.definition.name`, where it is known. */
  readonly workflowName?: string;
  /** Why the process is taken for gone. */
  readonly evidence: string;
  /** Time of the last record of the process, RFC 3339. */
  readonly lastSeen: string;
  /** What was closed as lost, innermost first. */
  readonly operations: readonly LostOperation[];
}

/** An operation that had a start and no end. */
export interface LostOperation {
  readonly kind: OperationKind;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  /** RFC 3339. */
  readonly startedAt: string;
}

/** Closes the open operations of every process that is gone as `lost`, once; safe with other readers at the same time. Resolves with what this call closed. */
export function recoverSpools(root: string): Promise<readonly RecoveredRun[]> {
  void root;
  throw new Error("not built yet");
}
