import {
  ATTR_RUNLIGHT_DROP_REASON,
  ATTR_RUNLIGHT_SIGNAL,
  METRIC_RUNLIGHT_SHIP_FAILURES,
  METRIC_RUNLIGHT_SHIP_RECORDS,
  METRIC_RUNLIGHT_SPOOL_DROPPED,
  METRIC_RUNLIGHT_SPOOL_RECORDS,
  METRIC_RUNLIGHT_SPOOL_SIZE,
} from "@runlight/conventions/names";
import { prometheusLabel, prometheusName } from "../prometheus-name.ts";
import { stack } from "../stack-names.ts";
import { dashboardIds } from "./dashboard-ids.ts";
import { buildDashboard } from "./dashboard.ts";
import type { ClassicDashboard } from "./dashboard.ts";
import { linesPanel, statPanel } from "./panels.ts";
import { chosenProcesses } from "./selectors.ts";
import { promql } from "./targets.ts";
import type { Query } from "./targets.ts";

const signal = prometheusLabel(ATTR_RUNLIGHT_SIGNAL);
const reason = prometheusLabel(ATTR_RUNLIGHT_DROP_REASON);
const written = prometheusName(METRIC_RUNLIGHT_SPOOL_RECORDS);
const shipped = prometheusName(METRIC_RUNLIGHT_SHIP_RECORDS);
const dropped = prometheusName(METRIC_RUNLIGHT_SPOOL_DROPPED);
const size = prometheusName(METRIC_RUNLIGHT_SPOOL_SIZE);
const failures = prometheusName(METRIC_RUNLIGHT_SHIP_FAILURES);

/** Whether telemetry itself is well: spools, shipping, Collector, backends, pages. */
export function buildTelemetryDashboard(): ClassicDashboard {
  return buildDashboard({
    uid: dashboardIds.telemetry,
    title: "Runlight: the telemetry's own health",
    description:
      "Spools and shipping of the processes, the Collector's queues, the backends, and whether pages are delivered.",
    rows: [
      {
        height: 4,
        panels: [
          statPanel(
            { id: 1, title: "Dropped", description: "Records dropped in the time shown, for whatever reason." },
            promql(`sum(increase(${dropped}{${chosenProcesses}}[$__range] anchored)) or vector(0)`),
            { redAbove: 1 },
          ),
          statPanel(
            {
              id: 2,
              title: "Failed requests",
              description: "Export requests in the time shown that failed and were tried again.",
            },
            promql(`sum(increase(${failures}{${chosenProcesses}}[$__range] anchored))`),
            { redAbove: 1 },
          ),
          statPanel(
            {
              id: 3,
              title: "Parts of the stack that answer",
              description: "Collector, Tempo, Loki, Prometheus, Alertmanager: five.",
            },
            promql(`sum(${stack.up})`),
            { redBelow: 5 },
          ),
          statPanel(
            {
              id: 4,
              title: "Pages not delivered",
              description:
                "Notifications that Alertmanager could not deliver, or Prometheus not hand over, in the time shown.",
            },
            promql(
              `sum(increase(${stack.pagesFailed}[$__range] anchored)) + sum(increase(${stack.pagesDropped}[$__range] anchored))`,
            ),
            { redAbove: 1 },
          ),
        ],
      },
      {
        height: 8,
        panels: [
          linesPanel(
            { id: 5, title: "Written and shipped", description: "Records a second, by signal.", unit: "cps" },
            promql(`sum by (${signal}) (rate(${written}{${chosenProcesses}}[5m]))`, `written {{${signal}}}`),
            promql(`sum by (${signal}) (rate(${shipped}{${chosenProcesses}}[5m]))`, `shipped {{${signal}}}`),
          ),
          linesPanel(
            {
              id: 6,
              title: "Waiting to be shipped",
              description: "Records written and not yet acknowledged by the Collector.",
            },
            promql(
              `sum by (service_name, ${signal}) (${written}{${chosenProcesses}} - ${shipped}{${chosenProcesses}})`,
              `{{service_name}} {{${signal}}}`,
            ),
          ),
          linesPanel(
            { id: 7, title: "Spools on disk", description: "Size of the spool of each process.", unit: "bytes" },
            promql(
              `sum by (service_name, service_instance_id) (${size}{${chosenProcesses}})`,
              "{{service_name}} {{service_instance_id}}",
            ),
          ),
        ],
      },
      {
        height: 8,
        panels: [
          linesPanel(
            { id: 8, title: "Drops by reason", description: "Records dropped in the hour before each point." },
            promql(
              `sum by (${signal}, ${reason}) (increase(${dropped}{${chosenProcesses}}[1h] anchored)) or vector(0)`,
              `{{${signal}}} {{${reason}}}`,
            ),
          ),
          linesPanel(
            {
              id: 9,
              title: "The Collector's queues",
              description: "Part of each queue that is full.",
              unit: "percentunit",
            },
            promql(`${stack.queueSize} / ${stack.queueCapacity}`, "{{exporter}}"),
          ),
          linesPanel(
            {
              id: 10,
              title: "The Collector's memory",
              description: "It refuses what comes from 512 MiB on.",
              unit: "bytes",
            },
            promql(stack.collectorMemory, "resident"),
          ),
        ],
      },
      {
        height: 8,
        panels: [
          linesPanel(
            {
              id: 11,
              title: "Into the Collector",
              description: "Items a second that it accepted and refused.",
              unit: "cps",
            },
            ...rates("accepted", stack.acceptedSpans, stack.acceptedLogs, stack.acceptedMetrics),
            ...rates("refused", stack.refusedSpans, stack.refusedLogs, stack.refusedMetrics),
          ),
          linesPanel(
            { id: 12, title: "Out of the Collector", description: "Items a second that a backend took.", unit: "cps" },
            ...rates("sent", stack.sentSpans, stack.sentLogs, stack.sentMetrics),
          ),
          linesPanel(
            {
              id: 13,
              title: "Into the backends",
              description: "Lines a second into Loki, spans a second into Tempo.",
              unit: "cps",
            },
            promql(`sum(rate(${stack.linesReceived}[5m]))`, "Loki, lines"),
            promql(`sum(rate(${stack.spansReceived}[5m]))`, "Tempo, spans"),
          ),
        ],
      },
      {
        height: 7,
        panels: [
          linesPanel(
            { id: 14, title: "Parts of the stack", description: "1 while a part answers." },
            promql(stack.up, "{{job}}"),
          ),
          linesPanel(
            { id: 15, title: "Rules that could not be evaluated", description: "In the hour before each point." },
            promql(`sum(increase(${stack.ruleFailures}[1h] anchored))`, "failures"),
          ),
          linesPanel(
            {
              id: 16,
              title: "Prometheus on disk",
              description: "Blocks of its database; fourteen days are kept.",
              unit: "bytes",
            },
            promql(stack.databaseSize, "blocks"),
          ),
        ],
      },
    ],
  });
}

function rates(verb: string, spans: string, logs: string, metrics: string): readonly [Query, Query, Query] {
  const rate = (name: string, what: string): Query => promql(`sum(rate(${name}[5m]))`, `${what} ${verb}`);
  return [rate(spans, "spans"), rate(logs, "log records"), rate(metrics, "metric points")];
}
