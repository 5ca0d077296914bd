import { buildDashboards } from "./dashboards/all-dashboards.ts";
import { renderDashboardProvider, renderDataSources } from "./data-sources.ts";
import { renderBandRules, renderBandTests, renderRules, renderRuleTests, renderRunbook } from "./rules/rule-files.ts";

/** One generated file. */
export interface GrafanaFile {
  /** Path below `grafana/`. */
  readonly path: string;
  readonly text: string;
}

/** Everything under `grafana/` that is made from code. */
export function renderGrafanaFiles(): readonly GrafanaFile[] {
  return [
    ...buildDashboards().map(({ file, dashboard }) => ({
      path: `dashboards/${file}`,
      text: `${JSON.stringify(dashboard, undefined, 2)}\n`,
    })),
    { path: "provisioning/datasources/runlight.yaml", text: renderDataSources() },
    { path: "provisioning/dashboards/runlight.yaml", text: renderDashboardProvider() },
    { path: "prometheus/rules/runlight.yaml", text: renderRules() },
    ...renderRuleTests().map(({ interval, text }) => ({ path: `prometheus/tests/runlight-${interval}.yaml`, text })),
    { path: "prometheus/rules/runlight-bands.yaml", text: renderBandRules() },
    ...renderBandTests().map(({ interval, text }) => ({
      path: `prometheus/tests/runlight-bands-${interval}.yaml`,
      text,
    })),
    { path: "runbook.md", text: renderRunbook() },
  ];
}
