import { ROOT_CONTEXT, context, trace } from "@opentelemetry/api";
import type { Context } from "@opentelemetry/api";
import { sharedState } from "../shared-state.ts";
import { activeOperation } from "./active-operation.ts";
import { spanOf } from "./operation-context.ts";

/** Sets the context in which this process was started: what its parent put into `TRACEPARENT` and `BAGGAGE`. */
export function setProcessContext(started: Context): void {
  sharedState().processContext = started;
}

/** The context to begin an operation in: the active one, or the process's own where nothing is active. */
export function startingContext(): Context {
  const active = context.active();
  if (active === ROOT_CONTEXT) return sharedState().processContext;
  if (activeOperation(active) !== undefined || spanOf(active) !== undefined) return active;
  const inherited = spanOf(sharedState().processContext);
  return inherited === undefined ? active : trace.setSpan(active, inherited);
}
