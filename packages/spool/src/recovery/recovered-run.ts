import { ATTR_WORKFLOW_DEFINITION_NAME, ATTR_WORKFLOW_EXECUTION_ID } from "@runlight/conventions/names";
import type { OperationKind } from "@runlight/conventions/names";
import { operationName, rfc3339 } from "./close-operation.ts";
import type { Loss } from "./close-operation.ts";
import type { OpenOperation } from "./find-open.ts";

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

/** The runs that lost operations belong to, in the order they are met. */
export function describeRuns(
  spool: { readonly directory: string; readonly serviceName: string },
  operations: readonly OpenOperation[],
  loss: Loss,
): readonly RecoveredRun[] {
  const { directory, serviceName } = spool;
  return [...Map.groupBy(operations, runIdOf)].map(([runId, group]) => {
    const workflowName = group
      .map(({ started }) => started.attributes[ATTR_WORKFLOW_DEFINITION_NAME])
      .find((name) => typeof name === "string");
    return {
      directory,
      serviceName,
      ...(runId === undefined ? {} : { runId }),
      ...(workflowName === undefined ? {} : { workflowName }),
      evidence: loss.evidence,
      lastSeen: rfc3339(loss.lastSeen),
      operations: group.map(describeOperation),
    };
  });
}

function runIdOf({ started }: OpenOperation): string | undefined {
  const runId = started.attributes[ATTR_WORKFLOW_EXECUTION_ID];
  return typeof runId === "string" ? runId : undefined;
}

function describeOperation(operation: OpenOperation): LostOperation {
  const { kind, started } = operation;
  const { traceId = "", spanId = "", timeUnixNano } = started;
  return { kind, name: operationName(operation), traceId, spanId, startedAt: rfc3339(timeUnixNano) };
}
