// The classic schema on purpose: Grafana 10 to 13 load it, the newer one only Grafana 13.
/* oxlint-disable typescript/no-deprecated */
import {
  DashboardBuilder,
  DashboardLinkBuilder,
  DashboardLinkType,
  QueryVariableBuilder,
  TextBoxVariableBuilder,
  VariableRefresh,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { METRIC_WORKFLOW_EXECUTION_ACTIVE } from "@runlight/conventions/names";
import { dataSourceIds } from "../data-sources.ts";
import { prometheusName } from "../prometheus-name.ts";
import { placeRows } from "./layout.ts";
import type { PanelRow } from "./layout.ts";
import { chosenProcesses, workflow } from "./selectors.ts";

/** A dashboard as all of Grafana 10 to 13 load it. */
export type ClassicDashboard = Dashboard;

/** What makes one dashboard. */
export interface DashboardParts {
  /** Stays the same for good: links name it. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  /** With a box for the id of a run. */
  readonly ofOneRun?: boolean;
  readonly rows: readonly PanelRow[];
}

/** A dashboard with the variables service, environment and workflow, and links to all the others. */
export function buildDashboard({ uid, title, description, ofOneRun = false, rows }: DashboardParts): ClassicDashboard {
  const active = prometheusName(METRIC_WORKFLOW_EXECUTION_ACTIVE);
  const builder = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags(["runlight"])
    .timezone("browser")
    .time({ from: "now-24h", to: "now" })
    .refresh("30s")
    .links([
      new DashboardLinkBuilder("Runlight")
        .type(DashboardLinkType.Dashboards)
        .tags(["runlight"])
        .asDropdown(true)
        .includeVars(true)
        .keepTime(true),
    ]);
  if (ofOneRun) builder.withVariable(new TextBoxVariableBuilder("run").label("Run").defaultValue(""));
  // Loki refuses a query whose only matcher of a stream may be empty; every service has a name. The Collector has one too and runs nothing.
  builder
    .withVariable(
      labelVariable(
        "service",
        "Service",
        'label_values({service_name!="",service_name!="otelcol"},service_name)',
        ".+",
      ),
    )
    .withVariable(
      labelVariable(
        "environment",
        "Environment",
        'label_values({service_name=~"$service"},deployment_environment_name)',
        ".*",
      ),
    )
    .withVariable(
      labelVariable("workflow", "Workflow", `label_values(${active}{${chosenProcesses}},${workflow})`, ".*"),
    );
  for (const panel of placeRows(rows)) builder.withPanel(panel);
  return builder.build();
}

function labelVariable(name: string, label: string, query: string, allValue: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource({ type: "prometheus", uid: dataSourceIds.prometheus })
    .query({ qryType: 1, query, refId: name })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .multi(true)
    .includeAll(true)
    .allValue(allValue)
    .current({ text: "All", value: "$__all", selected: true });
}
