import { subjectOf } from "./pager.ts";

const timeoutMs = 2000;

/** Asks a running Alertmanager. */
export interface AlertmanagerClient {
  /** Names of the alerts that silence this one; none where it is not silenced or not there. */
  silencersOf(alert: string, subject: string): Promise<readonly string[]>;
}

interface ShownAlert {
  readonly fingerprint: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly status: { readonly inhibitedBy: readonly string[] };
}

/** For the Alertmanager at `url`. */
export function createAlertmanagerClient(url: string): AlertmanagerClient {
  return {
    async silencersOf(alert, subject) {
      const alerts = await listAlerts(url);
      const found = alerts.filter(({ labels }) => labels["alertname"] === alert && subjectOf(labels) === subject);
      const silencers = new Set(found.flatMap(({ status }) => status.inhibitedBy));
      return alerts
        .filter(({ fingerprint }) => silencers.has(fingerprint))
        .map((shown) => shown.labels["alertname"] ?? "");
    },
  };
}

async function listAlerts(url: string): Promise<readonly ShownAlert[]> {
  try {
    const response = await fetch(`${url}/api/v2/alerts`, { signal: AbortSignal.timeout(timeoutMs) });
    return (await response.json()) as readonly ShownAlert[];
  } catch {
    // It does not answer now; who asks asks again.
    return [];
  }
}
