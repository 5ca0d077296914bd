import { setTimeout as delay } from "node:timers/promises";
import { METRIC_WORKFLOW_EXECUTION_ACTIVE } from "@runlight/conventions/names";
import { prometheusName } from "@runlight/dashboards";

const timeoutMs = 2000;
const pollIntervalMs = 200;

/** Asks a running Prometheus. */
export interface PrometheusClient {
  /** Waits until a run of this service has told twice that it is active, or `signal` is aborted. */
  waitForRun(service: string, signal: AbortSignal): Promise<void>;
}

/** For the Prometheus at `url`. */
export function createPrometheusClient(url: string): PrometheusClient {
  return {
    async waitForRun(service, signal) {
      const active = `${prometheusName(METRIC_WORKFLOW_EXECUTION_ACTIVE)}{service_name="${service}"}`;
      const query = `count_over_time(${active}[10s]) >= 2 and ${active} > 0`;
      while (!signal.aborted && (await countSeries(url, query)) === 0) await delay(pollIntervalMs);
    },
  };
}

async function countSeries(url: string, query: string): Promise<number> {
  try {
    const response = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(query)}`, {
      signal: AbortSignal.timeout(timeoutMs),
    });
    const { data } = (await response.json()) as { data: { result: readonly unknown[] } };
    return data.result.length;
  } catch {
    // It does not answer now; who asks asks again.
    return 0;
  }
}
