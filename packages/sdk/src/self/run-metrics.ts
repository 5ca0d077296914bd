import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { operationChannels } from "@runlight/core";

/** Asks for metrics soon after a run begins or ends, so that it is seen active, and its failure calls, without waiting for the interval of metric exports. */
export function startRunMetrics(collectSoon: () => void): { stop(): void } {
  const soon = (): void => collectSoon();
  const moments = [operationChannels.runStart, operationChannels.summary];
  for (const moment of moments) subscribe(moment, soon);
  return {
    stop() {
      for (const moment of moments) unsubscribe(moment, soon);
    },
  };
}
