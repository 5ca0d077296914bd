export { buildRunsDashboard } from "./dashboards/runs.ts";
export { rules } from "./rules/all-rules.ts";
export type { AlertRule, RuleCase } from "./rules/rule.ts";
export { dataSourceIds } from "./data-sources.ts";
export { prometheusLabel, prometheusName } from "./prometheus-name.ts";
export { renderGrafanaFiles } from "./grafana-files.ts";
export type { GrafanaFile } from "./grafana-files.ts";
