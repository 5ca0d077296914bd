import { formatCount, formatDuration } from "@runlight/core";
import { createLineAllowance } from "./line-allowance.ts";
import type { OperationDisplay } from "./operation-display.ts";
import { unitAfter } from "./printable.ts";
import { operationLabel } from "./watched-operation.ts";
import type { WatchedOperation } from "./watched-operation.ts";

/** Writes one line when a workflow begins and one when a stage or pipeline ends: for pipes, files and CI. */
export function createLineReport(stream: NodeJS.WritableStream): OperationDisplay {
  let allowance = createLineAllowance();
  const print = (text: string): void => void stream.write(`${text}\n`);
  return {
    started(operation) {
      if (operation.kind !== "workflow") return;
      allowance = createLineAllowance();
      print(`workflow ${operationLabel(operation)}: run ${operation.run?.id ?? "-"} started`);
    },
    progressed() {},
    ended(operation) {
      if (operation.kind !== "stage" && operation.kind !== "pipeline") return;
      if (!allowance.take(performance.now())) return;
      const refused = allowance.refused();
      if (refused > 0) print(`  … ${formatCount(refused)} lines left out`);
      print(endedLine(operation));
    },
    print,
    stop() {},
  };
}

/** One line on an operation that ended: `stage load 2001-01: 1.2 s, 508,239 rows`. */
export function endedLine(operation: WatchedOperation): string {
  const { kind, depth, durationSeconds, outcome, items } = operation;
  const indent = "  ".repeat(Math.min(Math.max(depth - 1, 0), 8));
  const duration = formatDuration(durationSeconds);
  const ending = outcome === "success" || outcome === undefined ? duration : `${outcome} after ${duration}`;
  const counted =
    items.processed > 0 ? `, ${formatCount(items.processed)} ${unitAfter(items.processed, items.unit)}` : "";
  return `${indent}${kind} ${operationLabel(operation)}: ${ending}${counted}`;
}
