import {
  ATTR_RUNLIGHT_CHECK_NAME,
  ATTR_RUNLIGHT_CHECK_OUTCOME,
  ATTR_RUNLIGHT_MEMORY_END,
  ATTR_RUNLIGHT_MEMORY_PEAK,
  ATTR_RUNLIGHT_OPERATION_DURATION,
  ATTR_RUNLIGHT_OPERATION_KIND,
  ATTR_RUNLIGHT_OPERATION_OUTCOME,
  ATTR_WORKFLOW_EXECUTION_ID,
  EVENT_DATA_QUALITY_CHECK,
  EVENT_STAGE_COMPLETED,
  EVENT_STAGE_FAILED,
  EVENT_WORKFLOW_COMPLETED,
  EVENT_WORKFLOW_FAILED,
  EVENT_WORKFLOW_HEARTBEAT,
  EVENT_WORKFLOW_SUMMARY,
} from "@runlight/conventions/names";
import { prometheusLabel } from "../prometheus-name.ts";
import { dashboardIds } from "./dashboard-ids.ts";
import { buildDashboard } from "./dashboard.ts";
import type { ClassicDashboard } from "./dashboard.ts";
import { barsPanel, linesPanel, logsPanel, recordTable, statPanel, tracesPanel } from "./panels.ts";
import { chosenLogs, operation, withEvent, workflow } from "./selectors.ts";
import { logql } from "./targets.ts";

const ofRun = `{service_name=~".+"} | ${prometheusLabel(ATTR_WORKFLOW_EXECUTION_ID)}="$run"`;
const runEnd = `${ofRun} | ${withEvent(EVENT_WORKFLOW_COMPLETED, EVENT_WORKFLOW_FAILED)}`;
const stageEnd = `${ofRun} | ${withEvent(EVENT_STAGE_COMPLETED, EVENT_STAGE_FAILED)}`;
const outcome = prometheusLabel(ATTR_RUNLIGHT_OPERATION_OUTCOME);
const duration = prometheusLabel(ATTR_RUNLIGHT_OPERATION_DURATION);
const memoryEnd = prometheusLabel(ATTR_RUNLIGHT_MEMORY_END);
const memoryPeak = prometheusLabel(ATTR_RUNLIGHT_MEMORY_PEAK);
const severity = 'severity_text=~"WARN|ERROR|FATAL"';

/** One run, by its id: everything here is asked of logs and traces, so a run of one second is as visible as one of a day. */
export function buildRunDashboard(): ClassicDashboard {
  return buildDashboard({
    uid: dashboardIds.run,
    title: "Runlight: one run",
    description: "One run by its id: give the id above, or follow the link of a run in any other dashboard.",
    ofOneRun: true,
    rows: [
      {
        height: 4,
        panels: [
          statPanel(
            { id: 1, title: "Duration", description: "How long the run took; nothing while it runs.", unit: "s" },
            logql(`max(max_over_time(${runEnd} | unwrap ${duration} [$__range]))`),
          ),
          statPanel(
            { id: 2, title: "Stages ended", description: "Stages of the run that have ended." },
            logql(`sum(count_over_time(${stageEnd} [$__range]))`),
          ),
          statPanel(
            { id: 3, title: "Warnings and errors", description: "Records of the run at WARN or above." },
            logql(`sum(count_over_time(${ofRun} | ${severity} [$__range]))`),
            { redAbove: 1 },
          ),
          statPanel(
            { id: 4, title: "Peak memory", description: "Highest resident memory seen during the run.", unit: "bytes" },
            logql(`max(max_over_time(${runEnd} | unwrap ${memoryPeak} [$__range]))`),
          ),
        ],
      },
      {
        height: 9,
        panels: [
          barsPanel(
            { id: 5, title: "Time by stage", description: "Sum of the durations of each stage of the run.", unit: "s" },
            logql(
              `sum by (${operation}) (sum_over_time(${stageEnd} | unwrap ${duration} [$__range]))`,
              `{{${operation}}}`,
            ),
          ),
          linesPanel(
            {
              id: 6,
              title: "Memory",
              description: "Resident memory at each heartbeat and at the end of each stage.",
              unit: "bytes",
            },
            logql(
              `max(max_over_time(${ofRun} | ${withEvent(EVENT_WORKFLOW_HEARTBEAT, EVENT_STAGE_COMPLETED, EVENT_STAGE_FAILED)} | unwrap ${memoryEnd} [$__auto]))`,
              "resident",
            ),
          ),
        ],
      },
      {
        height: 8,
        panels: [
          tracesPanel(
            { id: 7, title: "Trace", description: "The row leads to the run's trace." },
            `{ span.${ATTR_WORKFLOW_EXECUTION_ID} = "$run" && span.${ATTR_RUNLIGHT_OPERATION_KIND} = "workflow" }`,
          ),
          recordTable({ id: 8, title: "Stages", description: "Stages of the run as they ended." }, stageEnd, [
            operation,
            outcome,
            duration,
          ]),
        ],
      },
      {
        height: 8,
        panels: [
          recordTable(
            { id: 9, title: "Data-quality checks", description: "Checks the run made." },
            `${ofRun} | ${withEvent(EVENT_DATA_QUALITY_CHECK)}`,
            [prometheusLabel(ATTR_RUNLIGHT_CHECK_NAME), prometheusLabel(ATTR_RUNLIGHT_CHECK_OUTCOME)],
          ),
          logsPanel(
            { id: 10, title: "Warnings and errors", description: "What the run said at WARN or above." },
            `${ofRun} | ${severity}`,
          ),
        ],
      },
      {
        height: 10,
        panels: [logsPanel({ id: 11, title: "All records", description: "Everything the run said and did." }, ofRun)],
      },
      {
        height: 8,
        panels: [
          recordTable(
            {
              id: 12,
              title: "Runs to choose from",
              description: "Summaries of the runs that ended in the time shown: the id opens the run here.",
            },
            `${chosenLogs} | ${withEvent(EVENT_WORKFLOW_SUMMARY)}`,
            [workflow],
          ),
        ],
      },
    ],
  });
}
