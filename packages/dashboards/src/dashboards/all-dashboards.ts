import type { ClassicDashboard } from "./dashboard.ts";
import { buildHostDashboard } from "./host.ts";
import { buildLogsDashboard } from "./logs.ts";
import { buildOverviewDashboard } from "./overview.ts";
import { buildPipelinesDashboard } from "./pipelines.ts";
import { buildQualityDashboard } from "./quality.ts";
import { buildRunDashboard } from "./run.ts";
import { buildStagesDashboard } from "./stages.ts";
import { buildTelemetryDashboard } from "./telemetry.ts";
import { buildUsualDashboard } from "./usual.ts";

/** One dashboard and the name of its file. */
export interface DashboardFile {
  readonly file: string;
  readonly dashboard: ClassicDashboard;
}

/** Every dashboard, in the order of the documentation. */
export function buildDashboards(): readonly DashboardFile[] {
  return [
    { file: "runs.json", dashboard: buildOverviewDashboard() },
    { file: "run.json", dashboard: buildRunDashboard() },
    { file: "stages.json", dashboard: buildStagesDashboard() },
    { file: "pipelines.json", dashboard: buildPipelinesDashboard() },
    { file: "usual.json", dashboard: buildUsualDashboard() },
    { file: "quality.json", dashboard: buildQualityDashboard() },
    { file: "logs.json", dashboard: buildLogsDashboard() },
    { file: "telemetry.json", dashboard: buildTelemetryDashboard() },
    { file: "host.json", dashboard: buildHostDashboard() },
  ];
}
