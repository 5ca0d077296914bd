import {
  ATTR_LOG_IOSTREAM,
  ATTR_RUNLIGHT_CARRIER_FAULT,
  ATTR_RUNLIGHT_OPERATION_KIND,
  ATTR_RUNLIGHT_OPERATION_OUTCOME,
  ATTR_RUNLIGHT_PROCESS_CPU_TIME,
  ATTR_RUNLIGHT_PROCESS_END_CAUSE,
  ATTR_RUNLIGHT_PROCESS_MEMORY_PEAK,
  ATTR_RUNLIGHT_QUEUE_STATE,
  EVENT_PROCESS_EXITED,
  METRIC_RUNLIGHT_PIPELINE_ACTIVE,
  METRIC_RUNLIGHT_PIPELINE_DURATION,
  METRIC_RUNLIGHT_PIPELINE_QUEUE_DURATION,
  METRIC_RUNLIGHT_PROCESS_OOM,
  METRIC_RUNLIGHT_PROCESS_OUTPUT_UNRECORDED,
  METRIC_RUNLIGHT_QUEUE_CARRIER_FAULTS,
  METRIC_RUNLIGHT_QUEUE_READ_FAILURES,
  METRIC_RUNLIGHT_QUEUE_SIZE,
  METRIC_RUNLIGHT_RECOVERY_ATTEMPTS,
} from "@runlight/conventions/names";
import { prometheusLabel, prometheusName } from "../prometheus-name.ts";
import { dashboardIds } from "./dashboard-ids.ts";
import { buildDashboard } from "./dashboard.ts";
import type { ClassicDashboard } from "./dashboard.ts";
import { linesPanel, metricTable, recordTable, tracesPanel } from "./panels.ts";
import { chosen, chosenLogs, chosenProcesses, chosenSpans, operation, withEvent, workflow } from "./selectors.ts";
import { logql, promql } from "./targets.ts";

const outcome = prometheusLabel(ATTR_RUNLIGHT_OPERATION_OUTCOME);
const stream = prometheusLabel(ATTR_LOG_IOSTREAM);
const cause = prometheusLabel(ATTR_RUNLIGHT_PROCESS_END_CAUSE);
const count = prometheusName(METRIC_RUNLIGHT_PIPELINE_DURATION, "count");
const sum = prometheusName(METRIC_RUNLIGHT_PIPELINE_DURATION, "sum");
const bucket = prometheusName(METRIC_RUNLIGHT_PIPELINE_DURATION, "bucket");
const queueState = prometheusLabel(ATTR_RUNLIGHT_QUEUE_STATE);
const carrierFault = prometheusLabel(ATTR_RUNLIGHT_CARRIER_FAULT);
const waited = prometheusName(METRIC_RUNLIGHT_PIPELINE_QUEUE_DURATION, "bucket");
const exited = `${chosenLogs} | ${withEvent(EVENT_PROCESS_EXITED)}`;
const name = `{{${operation}}}`;

/** Runs of tools: how long, how they ended, how long they waited in a queue, what their processes cost, how often they were tried. */
export function buildPipelinesDashboard(): ClassicDashboard {
  const by = `${workflow}, ${operation}, ${outcome}`;
  return buildDashboard({
    uid: dashboardIds.pipelines,
    title: "Runlight: pipelines",
    description: "Runs of tools, their queues and child processes: durations, ends, waiting, cost, retries.",
    rows: [
      {
        height: 8,
        panels: [
          metricTable({ id: 1, title: "Pipelines", description: "Pipelines ended in the time shown, by outcome." }, [
            { title: "Times", query: promql(`sum by (${by}) (increase(${count}{${chosen}}[$__range] anchored)) > 0`) },
            {
              title: "Mean duration",
              unit: "s",
              query: promql(
                `sum by (${by}) (increase(${sum}{${chosen}}[$__range] anchored)) / (sum by (${by}) (increase(${count}{${chosen}}[$__range] anchored)) > 0)`,
              ),
            },
          ]),
          linesPanel(
            { id: 2, title: "Running", description: "Pipelines now running." },
            promql(`sum by (${operation}) (${prometheusName(METRIC_RUNLIGHT_PIPELINE_ACTIVE)}{${chosen}})`, name),
          ),
        ],
      },
      {
        height: 8,
        panels: [
          linesPanel(
            {
              id: 3,
              title: "Duration, 90th percentile",
              description: "Over the hour before each point; the points are exemplars, each leads to a trace.",
              unit: "s",
            },
            promql(
              `histogram_quantile(0.9, sum by (le, ${operation}) (increase(${bucket}{${chosen}}[1h] anchored)))`,
              name,
            ),
          ),
          linesPanel(
            {
              id: 4,
              title: "Attempts",
              description: "Attempts of retried work in the hour before each point, by how they ended.",
            },
            promql(
              `sum by (${operation}, ${outcome}) (increase(${prometheusName(METRIC_RUNLIGHT_RECOVERY_ATTEMPTS)}{${chosen}}[1h] anchored))`,
              `${name} {{${outcome}}}`,
            ),
          ),
        ],
      },
      {
        height: 8,
        panels: [
          linesPanel(
            {
              id: 10,
              title: "In queues",
              description: "Pipelines in each queue by state, as the queue itself tells whoever observes it.",
            },
            promql(
              `max by (${operation}, ${queueState}) (${prometheusName(METRIC_RUNLIGHT_QUEUE_SIZE)}{${chosenProcesses}})`,
              `${name} {{${queueState}}}`,
            ),
          ),
          linesPanel(
            {
              id: 11,
              title: "Time in the queue, 90th percentile",
              description: "Of pipelines taken in the hour before each point: how long each had waited.",
              unit: "s",
            },
            promql(
              `histogram_quantile(0.9, sum by (le, ${operation}) (increase(${waited}{${chosen}}[1h] anchored)))`,
              name,
            ),
          ),
          linesPanel(
            {
              id: 12,
              title: "Queues that could not be asked, carriers not believed",
              description: "In the hour before each point.",
            },
            promql(
              `sum by (${operation}) (increase(${prometheusName(METRIC_RUNLIGHT_QUEUE_READ_FAILURES)}{${chosenProcesses}}[1h] anchored))`,
              `not asked: ${name}`,
            ),
            promql(
              `sum by (${carrierFault}) (increase(${prometheusName(METRIC_RUNLIGHT_QUEUE_CARRIER_FAULTS)}{${chosenProcesses}}[1h] anchored))`,
              `carrier: {{${carrierFault}}}`,
            ),
          ),
        ],
      },
      {
        height: 8,
        panels: [
          linesPanel(
            {
              id: 5,
              title: "Peak memory of child processes",
              description: "A child process with all its descendants.",
              unit: "bytes",
            },
            logql(
              `max by (${operation}) (max_over_time(${exited} | unwrap ${prometheusLabel(ATTR_RUNLIGHT_PROCESS_MEMORY_PEAK)} [$__auto]))`,
              name,
            ),
          ),
          linesPanel(
            {
              id: 6,
              title: "CPU time of child processes",
              description: "A child process with all its descendants.",
              unit: "s",
            },
            logql(
              `max by (${operation}) (max_over_time(${exited} | unwrap ${prometheusLabel(ATTR_RUNLIGHT_PROCESS_CPU_TIME)} [$__auto]))`,
              name,
            ),
          ),
          linesPanel(
            {
              id: 7,
              title: "Killed for want of memory, lines left out",
              description: "In the hour before each point.",
            },
            promql(
              `sum by (${operation}) (increase(${prometheusName(METRIC_RUNLIGHT_PROCESS_OOM)}{${chosen}}[1h] anchored))`,
              `killed ${name}`,
            ),
            promql(
              `sum by (${stream}) (increase(${prometheusName(METRIC_RUNLIGHT_PROCESS_OUTPUT_UNRECORDED)}{${chosenProcesses}}[1h] anchored))`,
              `lines of {{${stream}}}`,
            ),
          ),
        ],
      },
      {
        height: 8,
        panels: [
          recordTable({ id: 8, title: "Child processes that ended", description: "How each ended and why." }, exited, [
            operation,
            cause,
          ]),
          tracesPanel(
            { id: 9, title: "Traces of pipelines", description: "Each row leads to the trace of a pipeline." },
            `{ ${chosenSpans} && span.${ATTR_RUNLIGHT_OPERATION_KIND} = "pipeline" }`,
          ),
        ],
      },
    ],
  });
}
