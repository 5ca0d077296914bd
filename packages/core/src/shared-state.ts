import { ROOT_CONTEXT } from "@opentelemetry/api";
import type { Context } from "@opentelemetry/api";
import type { Run } from "./run/run.ts";
import type { OperationSink } from "./sink/operation-sink.ts";

/** What all copies of this package in one process share. */
export interface SharedState {
  sink: OperationSink | undefined;
  heartbeatIntervalMs: number;
  /** Same-named children of one operation that have spans of their own before further ones are folded. */
  maxSameChildren: number;
  /** Context in which the process was started. */
  processContext: Context;
  readonly activeRuns: Set<Run>;
}

const key = Symbol.for("runlight.core.state.1");

/** The shared state: made by the first copy of the package that asks. */
export function sharedState(): SharedState {
  const holder = globalThis as { [key]?: SharedState };
  holder[key] ??= {
    sink: undefined,
    heartbeatIntervalMs: 15_000,
    maxSameChildren: 1000,
    processContext: ROOT_CONTEXT,
    activeRuns: new Set(),
  };
  return holder[key];
}
