import { sharedState } from "../shared-state.ts";
import { createApiSink } from "./api-sink.ts";
import type { OperationSink } from "./operation-sink.ts";

/** Replaces the sink that operations begun from now on are told to; `undefined` brings the default back. */
export function setOperationSink(sink: OperationSink | undefined): void {
  sharedState().sink = sink;
}

/** The sink in force. Default: the plain OpenTelemetry API. */
export function operationSink(): OperationSink {
  const state = sharedState();
  state.sink ??= createApiSink();
  return state.sink;
}
