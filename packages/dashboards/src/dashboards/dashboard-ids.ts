/** Ids of the dashboards: links name them, so they stay. */
export const dashboardIds = {
  overview: "runlight-runs",
  run: "runlight-run",
  stages: "runlight-stages",
  pipelines: "runlight-pipelines",
  usual: "runlight-usual",
  quality: "runlight-quality",
  logs: "runlight-logs",
  telemetry: "runlight-telemetry",
  host: "runlight-host",
} as const;
