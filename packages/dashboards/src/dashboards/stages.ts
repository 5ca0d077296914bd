import {
  ATTR_ERROR_TYPE,
  ATTR_RUNLIGHT_FOLD_COUNT,
  ATTR_RUNLIGHT_MEMORY_PEAK,
  ATTR_RUNLIGHT_OPERATION_KIND,
  ATTR_RUNLIGHT_OPERATION_OUTCOME,
  EVENT_RECOVERY_EXHAUSTED,
  EVENT_RECOVERY_RETRIED,
  EVENT_STAGE_COMPLETED,
  EVENT_STAGE_FAILED,
  EVENT_STAGE_FOLDED,
  METRIC_RUNLIGHT_ITEMS_PROCESSED,
  METRIC_RUNLIGHT_KERNEL_DURATION,
  METRIC_RUNLIGHT_STAGE_ACTIVE,
  METRIC_RUNLIGHT_STAGE_DURATION,
} from "@runlight/conventions/names";
import { prometheusLabel, prometheusName } from "../prometheus-name.ts";
import { dashboardIds } from "./dashboard-ids.ts";
import { buildDashboard } from "./dashboard.ts";
import type { ClassicDashboard } from "./dashboard.ts";
import { linesPanel, metricTable, recordTable, tracesPanel } from "./panels.ts";
import { chosen, chosenLogs, chosenSpans, operation, withEvent, workflow } from "./selectors.ts";
import { logql, promql } from "./targets.ts";

const outcome = prometheusLabel(ATTR_RUNLIGHT_OPERATION_OUTCOME);
const memoryPeak = prometheusLabel(ATTR_RUNLIGHT_MEMORY_PEAK);
const foldCount = prometheusLabel(ATTR_RUNLIGHT_FOLD_COUNT);
const count = prometheusName(METRIC_RUNLIGHT_STAGE_DURATION, "count");
const sum = prometheusName(METRIC_RUNLIGHT_STAGE_DURATION, "sum");
const bucket = prometheusName(METRIC_RUNLIGHT_STAGE_DURATION, "bucket");
const kernelBucket = prometheusName(METRIC_RUNLIGHT_KERNEL_DURATION, "bucket");
const kernelCount = prometheusName(METRIC_RUNLIGHT_KERNEL_DURATION, "count");
const items = prometheusName(METRIC_RUNLIGHT_ITEMS_PROCESSED);
const by = `${workflow}, ${operation}`;
const name = `{{${operation}}}`;

/** How long stages take against their own history, how much they get done, and what memory they need. */
export function buildStagesDashboard(): ClassicDashboard {
  return buildDashboard({
    uid: dashboardIds.stages,
    title: "Runlight: stages",
    description: "Stages and kernels: duration against their own baseline, throughput, memory, failures, retries.",
    rows: [
      {
        height: 9,
        panels: [
          metricTable(
            {
              id: 1,
              title: "Stages against their baseline",
              description: "Stages ended in the time shown; the baseline is the mean of the seven days before its end.",
            },
            [
              {
                title: "Times",
                query: promql(`sum by (${by}) (increase(${count}{${chosen}}[$__range] anchored)) > 0`),
              },
              { title: "Mean", unit: "s", query: promql(meanOver("$__range")) },
              { title: "Baseline", unit: "s", query: promql(meanOver("7d")) },
              {
                title: "Against baseline",
                unit: "percentunit",
                query: promql(`${meanOver("$__range")} / (${meanOver("7d")})`),
              },
              {
                title: "Failed",
                query: promql(
                  `sum by (${by}) (increase(${count}{${chosen},${outcome}!~"success|skip"}[$__range] anchored))`,
                ),
              },
            ],
          ),
        ],
      },
      {
        height: 8,
        panels: [
          linesPanel(
            { id: 2, title: "Duration, median", description: "Over the hour before each point, by stage.", unit: "s" },
            promql(quantile(0.5), name),
          ),
          linesPanel(
            {
              id: 3,
              title: "Duration, 90th percentile",
              description:
                "Over the hour before each point; the points are exemplars, each leads to the trace of a stage.",
              unit: "s",
            },
            promql(quantile(0.9), name),
          ),
        ],
      },
      {
        height: 8,
        panels: [
          linesPanel(
            {
              id: 4,
              title: "Throughput while at work",
              description: "Items processed for each second of the stage's own time, over the hour before each point.",
              unit: "cps",
            },
            promql(
              `sum by (${operation}) (increase(${items}{${chosen}}[1h] anchored)) / (sum by (${operation}) (increase(${sum}{${chosen}}[1h] anchored)) > 0)`,
              name,
            ),
          ),
          linesPanel(
            { id: 5, title: "Items processed", description: "Items in the hour before each point, by stage." },
            promql(`sum by (${operation}) (increase(${items}{${chosen}}[1h] anchored))`, name),
          ),
        ],
      },
      {
        height: 8,
        panels: [
          linesPanel(
            {
              id: 6,
              title: "Peak memory",
              description: "Highest resident memory of the process during each stage, as its last record tells.",
              unit: "bytes",
            },
            logql(
              `max by (${operation}) (max_over_time(${chosenLogs} | ${withEvent(EVENT_STAGE_COMPLETED, EVENT_STAGE_FAILED)} | unwrap ${memoryPeak} [$__auto]))`,
              name,
            ),
          ),
          linesPanel(
            { id: 7, title: "Open stages", description: "Stages now open." },
            promql(`sum by (${operation}) (${prometheusName(METRIC_RUNLIGHT_STAGE_ACTIVE)}{${chosen}})`, name),
          ),
        ],
      },
      {
        height: 8,
        panels: [
          linesPanel(
            {
              id: 8,
              title: "Kernel calls",
              description: "Calls a second, over the hour before each point.",
              unit: "cps",
            },
            promql(`sum by (${operation}) (rate(${kernelCount}{${chosen}}[1h]))`, name),
          ),
          linesPanel(
            {
              id: 9,
              title: "Duration of kernel calls, 99th percentile",
              description: "Over the hour before each point.",
              unit: "s",
            },
            promql(
              `histogram_quantile(0.99, sum by (le, ${operation}) (increase(${kernelBucket}{${chosen}}[1h] anchored)))`,
              name,
            ),
          ),
        ],
      },
      {
        height: 8,
        panels: [
          linesPanel(
            {
              id: 12,
              title: "Folded",
              description: "Stages beyond the bound of one name, told together when what is around them ended.",
            },
            logql(
              `sum by (${operation}) (sum_over_time(${chosenLogs} | ${withEvent(EVENT_STAGE_FOLDED)} | unwrap ${foldCount} [$__auto]))`,
              name,
            ),
          ),
          recordTable(
            {
              id: 13,
              title: "Tried again, or given up",
              description: "Attempts that failed: the id leads to the run, the trace id to trace and logs.",
            },
            `${chosenLogs} | ${withEvent(EVENT_RECOVERY_RETRIED, EVENT_RECOVERY_EXHAUSTED)}`,
            [workflow, operation, prometheusLabel(ATTR_ERROR_TYPE)],
          ),
        ],
      },
      {
        height: 8,
        panels: [
          recordTable(
            {
              id: 10,
              title: "Failed stages",
              description: "Stages that failed: the id leads to the run, the trace id to trace and logs.",
            },
            `${chosenLogs} | ${withEvent(EVENT_STAGE_FAILED)}`,
            [workflow, operation],
          ),
          tracesPanel(
            { id: 11, title: "Traces of stages", description: "Each row leads to the trace of a stage." },
            `{ ${chosenSpans} && span.${ATTR_RUNLIGHT_OPERATION_KIND} = "stage" }`,
          ),
        ],
      },
    ],
  });
}

function meanOver(window: string): string {
  return `sum by (${by}) (increase(${sum}{${chosen}}[${window}] anchored)) / (sum by (${by}) (increase(${count}{${chosen}}[${window}] anchored)) > 0)`;
}

function quantile(share: number): string {
  return `histogram_quantile(${share}, sum by (le, ${operation}) (increase(${bucket}{${chosen}}[1h] anchored)))`;
}
