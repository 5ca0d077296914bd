import { stringify } from "yaml";

/** Ids of the data sources: dashboards and links name them. */
export const dataSourceIds = {
  prometheus: "runlight-prometheus",
  loki: "runlight-loki",
  tempo: "runlight-tempo",
  alertmanager: "runlight-alertmanager",
} as const;

/** Grafana's data sources, with the ways between them: trace to logs, log to trace, exemplar to trace. */
export function renderDataSources(): string {
  const { alertmanager, loki, prometheus, tempo } = dataSourceIds;
  const sources = [
    {
      name: "Prometheus",
      uid: prometheus,
      type: "prometheus",
      url: "http://127.0.0.1:9090",
      isDefault: true,
      jsonData: {
        httpMethod: "POST",
        timeInterval: "15s",
        exemplarTraceIdDestinations: [{ name: "trace_id", datasourceUid: tempo }],
      },
    },
    {
      name: "Loki",
      uid: loki,
      type: "loki",
      url: "http://127.0.0.1:3100",
      jsonData: {
        derivedFields: [
          {
            name: "trace",
            matcherType: "label",
            matcherRegex: "trace_id",
            datasourceUid: tempo,
            url: "${__value.raw}",
            urlDisplayLabel: "Trace",
          },
        ],
      },
    },
    {
      name: "Tempo",
      uid: tempo,
      type: "tempo",
      url: "http://127.0.0.1:3200",
      jsonData: {
        tracesToLogsV2: {
          datasourceUid: loki,
          spanStartTimeShift: "-5m",
          spanEndTimeShift: "5m",
          customQuery: true,
          query: '{service_name="${__span.tags["service.name"]}"} | trace_id="${__trace.traceId}"',
        },
        serviceMap: { datasourceUid: prometheus },
        nodeGraph: { enabled: true },
        search: { hide: false },
      },
    },
    {
      name: "Alertmanager",
      uid: alertmanager,
      type: "alertmanager",
      url: "http://127.0.0.1:9093",
      jsonData: { implementation: "prometheus", handleGrafanaManagedAlerts: false },
    },
  ];
  const provisioning = {
    apiVersion: 1,
    prune: true,
    datasources: sources.map((source) => ({ access: "proxy", editable: false, ...source })),
  };
  return `# Generated from packages/dashboards by npm run generate. Do not edit.\n${stringify(provisioning, { lineWidth: 0 }).replaceAll("$", "$$$$")}`;
}

/** Tells Grafana where the dashboards lie. */
export function renderDashboardProvider(): string {
  const provider = {
    name: "Runlight",
    folder: "Runlight",
    type: "file",
    disableDeletion: true,
    allowUiUpdates: false,
    options: { path: "/var/lib/runlight/dashboards" },
  };
  return `# Generated from packages/dashboards by npm run generate. Do not edit.\n${stringify({ apiVersion: 1, providers: [provider] })}`;
}
