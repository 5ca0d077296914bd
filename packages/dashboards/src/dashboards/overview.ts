import {
  ATTR_ERROR_TYPE,
  ATTR_RUNLIGHT_OPERATION_KIND,
  ATTR_WORKFLOW_EXECUTION_ID,
  ATTR_WORKFLOW_EXECUTION_OUTCOME,
  EVENT_STAGE_FAILED,
  EVENT_WORKFLOW_CHECKPOINT,
  EVENT_WORKFLOW_COMPLETED,
  EVENT_WORKFLOW_FAILED,
  EVENT_WORKFLOW_LOST,
  EVENT_WORKFLOW_STARTED,
  EVENT_WORKFLOW_WALLTIME_NEAR,
  METRIC_RUNLIGHT_RUN_INFO,
  METRIC_RUNLIGHT_RUN_LAST_HEARTBEAT,
  METRIC_RUNLIGHT_RUN_PROGRESS,
  METRIC_WORKFLOW_EXECUTION_ACTIVE,
  METRIC_WORKFLOW_EXECUTION_DURATION,
} from "@runlight/conventions/names";
import { prometheusLabel, prometheusName } from "../prometheus-name.ts";
import { dashboardIds } from "./dashboard-ids.ts";
import { buildDashboard } from "./dashboard.ts";
import type { ClassicDashboard } from "./dashboard.ts";
import { linesPanel, logsPanel, metricTable, recordTable, statPanel, tracesPanel } from "./panels.ts";
import { chosen, chosenLogs, chosenSpans, withEvent, workflow } from "./selectors.ts";
import { promql } from "./targets.ts";

const outcome = prometheusLabel(ATTR_WORKFLOW_EXECUTION_OUTCOME);
const errorType = prometheusLabel(ATTR_ERROR_TYPE);
const runId = prometheusLabel(ATTR_WORKFLOW_EXECUTION_ID);
const active = prometheusName(METRIC_WORKFLOW_EXECUTION_ACTIVE);
const lastHeartbeat = prometheusName(METRIC_RUNLIGHT_RUN_LAST_HEARTBEAT);
const count = prometheusName(METRIC_WORKFLOW_EXECUTION_DURATION, "count");
const sum = prometheusName(METRIC_WORKFLOW_EXECUTION_DURATION, "sum");
const bucket = prometheusName(METRIC_WORKFLOW_EXECUTION_DURATION, "bucket");
const well = `${outcome}=~"success|skip"`;
const notWell = `${outcome}!~"success|skip"`;
const by = `service_name, ${workflow}, ${outcome}`;

/** What runs, what ran and how it ended, and the ways to traces and logs. */
export function buildOverviewDashboard(): ClassicDashboard {
  return buildDashboard({
    uid: dashboardIds.overview,
    title: "Runlight: runs",
    description: "Runs of all workflows: running, succeeded, failed, durations, and the ways to their traces and logs.",
    rows: [
      {
        height: 4,
        panels: [
          statPanel({ id: 1, title: "Running", description: "Runs now active." }, promql(`sum(${active}{${chosen}})`)),
          statPanel(
            { id: 2, title: "Succeeded", description: "Runs that ended in success or skip in the time shown." },
            promql(ended(well)),
          ),
          statPanel(
            { id: 3, title: "Failed", description: "Runs that ended otherwise in the time shown." },
            promql(ended(notWell)),
            { redAbove: 1 },
          ),
          statPanel(
            {
              id: 12,
              title: "Success rate",
              description: "Part of the runs of the time shown that ended well.",
              unit: "percentunit",
            },
            promql(`(${ended(well)} or vector(0)) / (sum(increase(${count}{${chosen}}[$__range] anchored)) > 0)`),
            { redBelow: 0.95 },
          ),
        ],
      },
      {
        height: 8,
        panels: [
          metricTable(
            {
              id: 4,
              title: "Workflows",
              description: "Runs ended in the time shown and their mean duration, by outcome.",
            },
            [
              { title: "Runs", query: promql(`sum by (${by}) (increase(${count}{${chosen}}[$__range] anchored)) > 0`) },
              {
                title: "Mean duration",
                unit: "s",
                query: promql(
                  `sum by (${by}) (increase(${sum}{${chosen}}[$__range] anchored)) / (sum by (${by}) (increase(${count}{${chosen}}[$__range] anchored)) > 0)`,
                ),
              },
            ],
          ),
          metricTable(
            {
              id: 13,
              title: "Running now",
              description: "The runs now active; a run that ended is seen for five minutes more.",
            },
            [
              {
                title: "Runs",
                query: promql(
                  `sum by (service_name, ${workflow}, ${runId}) (${prometheusName(METRIC_RUNLIGHT_RUN_INFO)}{${chosen}})`,
                ),
              },
            ],
          ),
        ],
      },
      {
        height: 7,
        panels: [
          linesPanel(
            {
              id: 5,
              title: "Progress",
              description: "Part done of each workflow that now runs and tells its progress.",
              unit: "percentunit",
            },
            promql(
              `max by (${workflow}) (${prometheusName(METRIC_RUNLIGHT_RUN_PROGRESS)}{${chosen}})`,
              `{{${workflow}}}`,
            ),
          ),
          linesPanel(
            {
              id: 14,
              title: "Since the last heartbeat",
              description: "A run beats every 15 seconds; its metrics leave every minute.",
              unit: "s",
            },
            promql(`time() - max by (${workflow}) (${lastHeartbeat}{${chosen}})`, `{{${workflow}}}`),
          ),
          linesPanel(
            {
              id: 7,
              title: "Duration of runs, 90th percentile",
              description:
                "Over the hour before each point; the points are exemplars, each leads to the trace of a run.",
              unit: "s",
            },
            promql(
              `histogram_quantile(0.9, sum by (le, ${workflow}) (increase(${bucket}{${chosen}}[1h] anchored)))`,
              `{{${workflow}}}`,
            ),
          ),
        ],
      },
      {
        height: 8,
        panels: [
          recordTable(
            {
              id: 15,
              title: "Recent failures",
              description:
                "Runs that failed or were lost: the id leads to the run, the trace id to its trace and logs.",
            },
            `${chosenLogs} | ${withEvent(EVENT_WORKFLOW_FAILED, EVENT_WORKFLOW_LOST)}`,
            [workflow, errorType],
          ),
          tracesPanel(
            { id: 9, title: "Traces of runs", description: "Each row leads to the run's trace." },
            `{ ${chosenSpans} && span.${ATTR_RUNLIGHT_OPERATION_KIND} = "workflow" }`,
          ),
        ],
      },
      {
        height: 8,
        panels: [
          recordTable(
            { id: 16, title: "Recent runs", description: "Runs that ended: the id leads to the run." },
            `${chosenLogs} | ${withEvent(EVENT_WORKFLOW_COMPLETED, EVENT_WORKFLOW_FAILED)}`,
            [workflow],
          ),
          recordTable(
            {
              id: 17,
              title: "Time nearly over",
              description: "Runs told that their process is about to be ended, and how their checkpoints ended.",
            },
            `${chosenLogs} | ${withEvent(EVENT_WORKFLOW_WALLTIME_NEAR, EVENT_WORKFLOW_CHECKPOINT)}`,
            [workflow],
          ),
        ],
      },
      {
        height: 8,
        panels: [
          logsPanel(
            { id: 10, title: "Starts, ends and failures", description: "A record leads to its trace." },
            `${chosenLogs} | ${withEvent(EVENT_WORKFLOW_STARTED, EVENT_WORKFLOW_COMPLETED, EVENT_WORKFLOW_FAILED, EVENT_WORKFLOW_LOST, EVENT_STAGE_FAILED)}`,
          ),
        ],
      },
    ],
  });
}

function ended(filter: string): string {
  return `sum(increase(${count}{${chosen},${filter}}[$__range] anchored))`;
}
