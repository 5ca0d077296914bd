// The classic schema on purpose: Grafana 10 to 13 load it, the newer one only Grafana 13.
/* oxlint-disable typescript/no-deprecated */
import { DashboardBuilder, QueryVariableBuilder, VariableRefresh } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import {
  ATTR_RUNLIGHT_OPERATION_KIND,
  ATTR_RUNLIGHT_OPERATION_NAME,
  ATTR_RUNLIGHT_OPERATION_OUTCOME,
  ATTR_WORKFLOW_DEFINITION_NAME,
  ATTR_WORKFLOW_EXECUTION_OUTCOME,
  EVENT_STAGE_FAILED,
  EVENT_WORKFLOW_COMPLETED,
  EVENT_WORKFLOW_FAILED,
  EVENT_WORKFLOW_LOST,
  EVENT_WORKFLOW_STARTED,
  METRIC_RUNLIGHT_ITEMS_PROCESSED,
  METRIC_RUNLIGHT_RUN_INFO,
  METRIC_RUNLIGHT_RUN_PROGRESS,
  METRIC_RUNLIGHT_STAGE_DURATION,
  METRIC_WORKFLOW_EXECUTION_DURATION,
} from "@runlight/conventions/names";
import { dataSourceIds } from "../data-sources.ts";
import { prometheusLabel, prometheusName } from "../prometheus-name.ts";
import { linesPanel, logsPanel, metricTable, statPanel, tracesPanel } from "./panels.ts";

const workflow = prometheusLabel(ATTR_WORKFLOW_DEFINITION_NAME);
const outcome = prometheusLabel(ATTR_WORKFLOW_EXECUTION_OUTCOME);
const operation = prometheusLabel(ATTR_RUNLIGHT_OPERATION_NAME);
const stageOutcome = prometheusLabel(ATTR_RUNLIGHT_OPERATION_OUTCOME);
const chosen = `service_name=~"$service",${workflow}=~"$workflow"`;
const runCount = prometheusName(METRIC_WORKFLOW_EXECUTION_DURATION, "count");
const runSum = prometheusName(METRIC_WORKFLOW_EXECUTION_DURATION, "sum");
const stageCount = prometheusName(METRIC_RUNLIGHT_STAGE_DURATION, "count");
const stageSum = prometheusName(METRIC_RUNLIGHT_STAGE_DURATION, "sum");
const stageBucket = prometheusName(METRIC_RUNLIGHT_STAGE_DURATION, "bucket");
const inStream = `{service_name=~"$service"} | ${prometheusLabel(ATTR_WORKFLOW_DEFINITION_NAME)}=~"$workflow"`;
const lifecycle = [
  EVENT_WORKFLOW_STARTED,
  EVENT_WORKFLOW_COMPLETED,
  EVENT_WORKFLOW_FAILED,
  EVENT_WORKFLOW_LOST,
  EVENT_STAGE_FAILED,
];

/** What runs, what ran, how long its stages took, and the ways to traces and logs. */
export function buildRunsDashboard(): Dashboard {
  return new DashboardBuilder("Runs")
    .uid("runlight-runs")
    .description(
      "Runs of all workflows: running, succeeded, failed, durations, stages, and the ways to their traces and logs.",
    )
    .tags(["runlight"])
    .timezone("browser")
    .time({ from: "now-24h", to: "now" })
    .refresh("10s")
    .withVariable(labelVariable("service", "Service", "service_name", runCount))
    .withVariable(labelVariable("workflow", "Workflow", workflow, `${runCount}{service_name=~"$service"}`))
    .withPanel(
      statPanel(
        { id: 1, title: "Running", description: "Runs now active.", at: [0, 0, 4, 4] },
        `count(${prometheusName(METRIC_RUNLIGHT_RUN_INFO)}{${chosen}})`,
      ),
    )
    .withPanel(
      statPanel(
        { id: 2, title: "Succeeded", description: "Runs that ended in success in the time shown.", at: [4, 0, 4, 4] },
        endedRuns(`${outcome}="success"`),
      ),
    )
    .withPanel(
      statPanel(
        {
          id: 3,
          title: "Failed",
          description: "Runs that ended in anything but success or skip in the time shown.",
          at: [8, 0, 4, 4],
        },
        endedRuns(`${outcome}!~"success|skip"`),
        1,
      ),
    )
    .withPanel(
      metricTable(
        {
          id: 4,
          title: "Workflows",
          description: "Runs ended in the time shown and their mean duration, by outcome.",
          at: [12, 0, 12, 8],
        },
        [
          {
            title: "Runs",
            unit: "short",
            expression: `sum by (service_name, ${workflow}, ${outcome}) (increase(${runCount}{${chosen}}[$__range])) > 0`,
          },
          {
            title: "Mean duration",
            unit: "s",
            expression: meanOver(runSum, runCount, `service_name, ${workflow}, ${outcome}`),
          },
        ],
      ),
    )
    .withPanel(
      linesPanel(
        {
          id: 5,
          title: "Progress",
          description: "Part done of each workflow that now runs and tells its progress.",
          at: [0, 4, 12, 4],
        },
        "percentunit",
        `max by (${workflow}) (${prometheusName(METRIC_RUNLIGHT_RUN_PROGRESS)}{${chosen}})`,
        `{{${workflow}}}`,
      ),
    )
    .withPanel(
      metricTable(
        {
          id: 6,
          title: "Stages",
          description: "Stages ended in the time shown: how often, their mean duration, how many failed.",
          at: [0, 8, 12, 9],
        },
        [
          {
            title: "Times",
            unit: "short",
            expression: `sum by (${workflow}, ${operation}) (increase(${stageCount}{${chosen}}[$__range])) > 0`,
          },
          {
            title: "Mean duration",
            unit: "s",
            expression: meanOver(stageSum, stageCount, `${workflow}, ${operation}`),
          },
          {
            title: "Failed",
            unit: "short",
            expression: `sum by (${workflow}, ${operation}) (increase(${stageCount}{${chosen},${stageOutcome}!~"success|skip"}[$__range]))`,
          },
        ],
      ),
    )
    .withPanel(
      linesPanel(
        {
          id: 7,
          title: "Stage duration, 90th percentile",
          description: "The points are exemplars: each leads to the trace of one stage.",
          at: [12, 8, 12, 9],
        },
        "s",
        `histogram_quantile(0.9, sum by (le, ${operation}) (rate(${stageBucket}{${chosen}}[$__rate_interval])))`,
        `{{${operation}}}`,
      ),
    )
    .withPanel(
      linesPanel(
        { id: 8, title: "Items per second", description: "Items processed, by stage.", at: [0, 17, 12, 7] },
        "cps",
        `sum by (${operation}) (rate(${prometheusName(METRIC_RUNLIGHT_ITEMS_PROCESSED)}{${chosen}}[$__rate_interval]))`,
        `{{${operation}}}`,
      ),
    )
    .withPanel(
      tracesPanel(
        { id: 9, title: "Traces of runs", description: "Each row leads to the run's trace.", at: [12, 17, 12, 7] },
        `{ resource.service.name =~ "$service" && span.${ATTR_RUNLIGHT_OPERATION_KIND} = "workflow" && span.${ATTR_WORKFLOW_DEFINITION_NAME} =~ "$workflow" }`,
      ),
    )
    .withPanel(
      logsPanel(
        { id: 10, title: "Starts, ends and failures", description: "A record leads to its trace.", at: [0, 24, 24, 8] },
        `${inStream} | event_name=~"${lifecycle.join("|").replaceAll(".", "[.]")}"`,
      ),
    )
    .withPanel(
      logsPanel(
        {
          id: 11,
          title: "Warnings and errors",
          description: "Everything the runs logged at WARN or above.",
          at: [0, 32, 24, 8],
        },
        `${inStream} | severity_text=~"WARN|ERROR|FATAL"`,
      ),
    )
    .build();
}

function endedRuns(filter: string): string {
  return `sum(increase(${runCount}{${chosen},${filter}}[$__range]))`;
}

function meanOver(sum: string, count: string, by: string): string {
  return `sum by (${by}) (increase(${sum}{${chosen}}[$__range])) / (sum by (${by}) (increase(${count}{${chosen}}[$__range])) > 0)`;
}

function labelVariable(name: string, label: string, prometheusLabelName: string, series: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource({ type: "prometheus", uid: dataSourceIds.prometheus })
    .query({ qryType: 1, query: `label_values(${series},${prometheusLabelName})`, refId: name })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .multi(true)
    .includeAll(true)
    .allValue(".*");
}
