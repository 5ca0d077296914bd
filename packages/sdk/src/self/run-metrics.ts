import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { Operation, operationChannels } from "@runlight/core";

/** Asks for metrics soon after a run begins or ends, so that it is seen active, and its failure calls, without waiting for the interval of metric exports. */
export function startRunMetrics(collectSoon: () => void): { stop(): void } {
  const onStart = (message: unknown): void => {
    if (message instanceof Operation && message.kind === "workflow") collectSoon();
  };
  const onSummary = (): void => collectSoon();
  subscribe(operationChannels.start, onStart);
  subscribe(operationChannels.summary, onSummary);
  return {
    stop() {
      unsubscribe(operationChannels.start, onStart);
      unsubscribe(operationChannels.summary, onSummary);
    },
  };
}
