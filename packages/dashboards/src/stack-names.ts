import { ATTR_WORKFLOW_DEFINITION_NAME } from "@runlight/conventions/names";
import type { ForeignSeries } from "./host-names.ts";
import { prometheusLabel } from "./prometheus-name.ts";

/** Metrics that the programs of the stack tell of themselves, as the pinned versions name them. The Collector's have no `_total` here. */
export const stack = {
  up: "up",
  queueSize: "otelcol_exporter_queue_size",
  queueCapacity: "otelcol_exporter_queue_capacity",
  collectorMemory: "otelcol_process_memory_rss",
  acceptedSpans: "otelcol_receiver_accepted_spans",
  acceptedLogs: "otelcol_receiver_accepted_log_records",
  acceptedMetrics: "otelcol_receiver_accepted_metric_points",
  refusedSpans: "otelcol_receiver_refused_spans",
  refusedLogs: "otelcol_receiver_refused_log_records",
  refusedMetrics: "otelcol_receiver_refused_metric_points",
  sentSpans: "otelcol_exporter_sent_spans",
  sentLogs: "otelcol_exporter_sent_log_records",
  sentMetrics: "otelcol_exporter_sent_metric_points",
  ruleFailures: "prometheus_rule_evaluation_failures_total",
  pagesDropped: "prometheus_notifications_dropped_total",
  pagesFailed: "alertmanager_notifications_failed_total",
  databaseSize: "prometheus_tsdb_storage_blocks_bytes",
  linesReceived: "loki_distributor_lines_received_total",
  spansReceived: "tempo_distributor_spans_received_total",
  /** Records of runs that are about to be ended, which the Collector counts: `collector/agent.yaml` says so. */
  wallTimeNear: "runlight_walltime_near_total",
} as const;

const receiver = ["receiver", "transport"];
const exporter = ["exporter", "server_address", "server_port", "url_path"];
const queue = ["exporter", "data_type"];

/** The same with their labels, beside `job` and `instance`. */
export const stackSeries: readonly ForeignSeries[] = [
  { name: stack.up, labels: [] },
  { name: stack.queueSize, labels: queue },
  { name: stack.queueCapacity, labels: queue },
  { name: stack.collectorMemory, labels: [] },
  ...[stack.acceptedSpans, stack.acceptedLogs, stack.acceptedMetrics].map((name) => ({ name, labels: receiver })),
  ...[stack.refusedSpans, stack.refusedLogs, stack.refusedMetrics].map((name) => ({ name, labels: receiver })),
  ...[stack.sentSpans, stack.sentLogs, stack.sentMetrics].map((name) => ({ name, labels: exporter })),
  { name: stack.ruleFailures, labels: ["rule_group"] },
  { name: stack.pagesDropped, labels: ["alertmanager"] },
  { name: stack.pagesFailed, labels: ["integration", "reason"] },
  { name: stack.databaseSize, labels: [] },
  { name: stack.linesReceived, labels: ["tenant"] },
  { name: stack.spansReceived, labels: ["tenant"] },
  { name: stack.wallTimeNear, labels: [prometheusLabel(ATTR_WORKFLOW_DEFINITION_NAME)] },
];
