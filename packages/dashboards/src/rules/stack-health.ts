import { METRIC_WORKFLOW_EXECUTION_ACTIVE } from "@runlight/conventions/names";
import { prometheusName } from "../prometheus-name.ts";
import { stack } from "../stack-names.ts";
import { seriesOf, workflow } from "./expressions.ts";
import type { AlertRule } from "./rule.ts";

const active = prometheusName(METRIC_WORKFLOW_EXECUTION_ACTIVE);
const atCollector = 'job="otelcol",instance="127.0.0.1:8888"';
const inQueue = `{${atCollector},exporter="otlp_http/loki",data_type="logs"}`;
const queueLabels = { job: "otelcol", instance: "127.0.0.1:8888", exporter: "otlp_http/loki", data_type: "logs" };
const refused = [stack.refusedSpans, stack.refusedLogs, stack.refusedMetrics];
const fromCollector = `${stack.refusedLogs}{${atCollector},receiver="otlp",transport="http"}`;

/** The Collector refuses what is sent to it. */
export const collectorRefusing: AlertRule = {
  name: "RunlightCollectorRefusing",
  // Each is asked by itself: between series that differ by name alone "or" takes the first, though it be 0.
  expression: `sum by (job) (${refused.map((name) => `(increase(${name}[5m]) > 0)`).join(" or ")}) > 0`,
  holdFor: "2m",
  severity: "warning",
  summary: "The Collector refuses telemetry.",
  description: "The Collector has refused telemetry for minutes: its memory or a queue is at its bound.",
  runbook: [
    "What Runlight sends is tried again and stays in the spools; what others send may be lost.",
    "`npm run stack -- logs collector` names the reason: memory_limiter (more than 512 MiB) or a full queue (a backend is down).",
  ].join("\n\n"),
  cases: [
    {
      name: "fires while it refuses",
      interval: "1m",
      series: [
        { series: `${stack.refusedSpans}{${atCollector},receiver="otlp",transport="http"}`, values: "0x35" },
        { series: fromCollector, values: "0x5 1+5x30" },
      ],
      at: "15m",
      fires: [{ job: "otelcol" }],
    },
    {
      name: "does not fire once it takes everything again",
      interval: "1m",
      series: [{ series: fromCollector, values: "0x5 1+5x5 26x30" }],
      at: "25m",
      fires: [],
    },
  ],
};

/** A queue of the Collector is more than half full. */
export const collectorQueueFilling: AlertRule = {
  name: "RunlightCollectorQueueFilling",
  expression: `${stack.queueSize} / ${stack.queueCapacity} > 0.6`,
  holdFor: "5m",
  severity: "critical",
  summary: "A queue of the Collector fills up.",
  description: "The queue of {{ $labels.exporter }} is more than 60 % full: its backend does not take what comes.",
  runbook: [
    "A full queue refuses; the spools of the processes hold what follows.",
    "`npm run stack -- status` says which backend is down; `npm run stack -- up` starts it anew.",
  ].join("\n\n"),
  cases: [
    {
      name: "fires at 70 %",
      interval: "1m",
      series: [
        { series: `${stack.queueSize}${inQueue}`, values: "70x30" },
        { series: `${stack.queueCapacity}${inQueue}`, values: "100x30" },
      ],
      at: "10m",
      fires: [queueLabels],
    },
    {
      name: "does not fire at 10 %",
      interval: "1m",
      series: [
        { series: `${stack.queueSize}${inQueue}`, values: "10x30" },
        { series: `${stack.queueCapacity}${inQueue}`, values: "100x30" },
      ],
      at: "10m",
      fires: [],
    },
  ],
};

/** A part of the stack does not answer. */
export const stackPartDown: AlertRule = {
  name: "RunlightStackPartDown",
  expression: `${stack.up} == 0`,
  holdFor: "1m",
  severity: "critical",
  summary: "A part of the stack does not answer.",
  description: "{{ $labels.job }} at {{ $labels.instance }} does not answer.",
  runbook:
    "`npm run stack -- status` says which part is down and where its log is; `npm run stack -- up` starts it anew. The spools and the Collector's queues hold what is sent meanwhile.",
  cases: [
    {
      name: "fires for a part that is down",
      interval: "15s",
      series: [{ series: 'up{job="loki",instance="127.0.0.1:3100"}', values: "1x4 0x40" }],
      at: "5m",
      fires: [{ job: "loki", instance: "127.0.0.1:3100" }],
    },
    {
      name: "does not fire for a scrape that failed once",
      interval: "15s",
      series: [{ series: 'up{job="loki",instance="127.0.0.1:3100"}', values: "1x4 0 1x40" }],
      at: "5m",
      fires: [],
    },
  ],
};

/** Something runs, and no metric arrives. */
export const noData: AlertRule = {
  name: "RunlightNoData",
  expression: [
    // What the Collector measures itself is no sign of life from anybody else.
    `sum(increase(${stack.acceptedMetrics}{receiver="otlp"}[5m])) == 0`,
    `and on () count(last_over_time(${active}[1h]) > 0) > 0`,
  ].join("\n"),
  holdFor: "2m",
  severity: "critical",
  summary: "No telemetry arrives though something runs.",
  description: "The Collector has taken no metric for five minutes, though a run was active within the hour.",
  runbook:
    "The way from the processes to the Collector is cut, or all of them are gone: RunlightRunLost names the runs. `curl http://127.0.0.1:13133` asks the Collector; `runlight runs` on their machine tells whether they live.",
  cases: [
    {
      name: "fires when metrics stop while a run is active",
      interval: "1m",
      series: [
        {
          series: `${stack.acceptedMetrics}{${atCollector},receiver="otlp",transport="http"}`,
          values: "0+50x10 500x30",
        },
        { series: `${stack.acceptedMetrics}{${atCollector},receiver="host_metrics",transport=""}`, values: "0+9x40" },
        { series: seriesOf(active, { [workflow]: "nightly" }), values: "1x10 _x30" },
      ],
      at: "20m",
      fires: [{}],
    },
    {
      name: "does not fire while nothing runs",
      interval: "1m",
      series: [
        {
          series: `${stack.acceptedMetrics}{${atCollector},receiver="otlp",transport="http"}`,
          values: "0+50x10 500x30",
        },
        { series: seriesOf(active, { [workflow]: "nightly" }), values: "1x9 0 _x30" },
      ],
      at: "20m",
      fires: [],
    },
  ],
};

/** A page could not be delivered, or a rule not be evaluated: seen on the dashboard and by every other receiver. */
export const pagingBroken: AlertRule = {
  name: "RunlightPagingBroken",
  expression: [
    `sum by (job) (increase(${stack.pagesFailed}[5m])) > 0`,
    `or sum by (job) (increase(${stack.pagesDropped}[5m])) > 0`,
    `or sum by (job) (increase(${stack.ruleFailures}[5m])) > 0`,
  ].join("\n"),
  severity: "critical",
  summary: "Pages do not arrive.",
  description: "{{ $labels.job }} could not deliver a page, or not evaluate a rule.",
  runbook:
    "`npm run stack -- logs alertmanager` names the receiver and the reason: a server that refuses, a secret file that is missing. `npm run alerts -- check` checks rules and routes.",
  cases: [
    {
      name: "fires when Alertmanager fails to deliver",
      interval: "15s",
      series: [{ series: `${stack.pagesFailed}{job="alertmanager",integration="email"}`, values: "0x8 1x40" }],
      at: "3m",
      fires: [{ job: "alertmanager" }],
    },
    {
      name: "does not fire while everything is delivered",
      interval: "15s",
      series: [{ series: `${stack.pagesFailed}{job="alertmanager",integration="email"}`, values: "0x40" }],
      at: "3m",
      fires: [],
    },
  ],
};

/** The dead man's switch: it fires always, so its silence tells that pages cannot arrive. */
export const watchdog: AlertRule = {
  name: "RunlightWatchdog",
  expression: "vector(1)",
  severity: "none",
  always: true,
  summary: "Alerting is alive.",
  description: "This alert fires all the time: a receiver outside that hears nothing of it should call.",
  runbook:
    "Let the receiver `watchdog` be a service outside this machine that calls when nothing came for five minutes. Its silence means that Prometheus, Alertmanager or the way between is down.",
  cases: [{ name: "fires always", interval: "1m", series: [], at: "1m", fires: [{}] }],
};
