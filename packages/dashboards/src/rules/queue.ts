import {
  ATTR_RUNLIGHT_OPERATION_NAME,
  ATTR_RUNLIGHT_QUEUE_STATE,
  METRIC_RUNLIGHT_QUEUE_READ_FAILURES,
  METRIC_RUNLIGHT_QUEUE_SIZE,
} from "@runlight/conventions/names";
import { prometheusLabel, prometheusName } from "../prometheus-name.ts";
import { operation, seriesOf } from "./expressions.ts";
import type { AlertRule } from "./rule.ts";

const size = prometheusName(METRIC_RUNLIGHT_QUEUE_SIZE);
const state = prometheusLabel(ATTR_RUNLIGHT_QUEUE_STATE);
const failures = prometheusName(METRIC_RUNLIGHT_QUEUE_READ_FAILURES);
const by = `service_name, ${operation}`;
const ofPaint = { [prometheusLabel(ATTR_RUNLIGHT_OPERATION_NAME)]: "paint" };
const labels = { service_name: "etl", ...ofPaint };
const queued = seriesOf(size, { ...ofPaint, [state]: "queued" });
const waiting = `${size}{${state}="queued"}`;

/** The least of what waited in the last ten minutes is a tenth more than the most of half an hour ago. Every process that asks a queue tells the same. */
export const queueGrowing: AlertRule = {
  name: "RunlightQueueGrowing",
  expression: [
    `max by (${by}) (min_over_time(${waiting}[10m]))`,
    `  > 1.1 * max by (${by}) (max_over_time(${waiting}[10m] offset 30m))`,
    `and max by (${by}) (min_over_time(${waiting}[10m])) > 20`,
  ].join("\n"),
  holdFor: "10m",
  severity: "warning",
  summary: "A queue grows without falling back.",
  description: `More than twenty pipelines wait in queue {{ $labels.${operation} }} as {{ $labels.service_name }} tells, a tenth more than half an hour ago.`,
  runbook: [
    "More is put into the queue than is taken from it. A queue that fills at once and is worked off does not call: it has to grow over half an hour.",
    "1. The dashboard *Runlight: pipelines*: are workers at work, and do their pipelines take longer than before, or fail and come back?",
    "2. Start workers, or hold back what fills the queue.",
  ].join("\n\n"),
  cases: [
    {
      name: "fires for a queue that grows by one each minute",
      interval: "1m",
      series: [{ series: queued, values: "10+1x200" }],
      at: "1h20m",
      fires: [labels],
    },
    {
      name: "fires once where several processes ask the same queue",
      interval: "1m",
      series: [
        { series: queued, values: "10+1x200" },
        { series: queued.replace('"a"', '"b"'), values: "10+1x200" },
      ],
      at: "1h20m",
      fires: [labels],
    },
    {
      name: "does not fire for a full queue that is worked off",
      interval: "1m",
      series: [{ series: queued, values: "0x20 500-5x100" }],
      at: "1h20m",
      fires: [],
    },
    {
      name: "does not fire for a short queue that doubles",
      interval: "1m",
      series: [{ series: queued, values: "4x40 8x100" }],
      at: "1h20m",
      fires: [],
    },
  ],
};

/** A queue has not answered for minutes: its depth is the one of before. */
export const queueUnread: AlertRule = {
  name: "RunlightQueueUnread",
  expression: `sum by (${by}) (increase(${failures}[5m])) > 0`,
  holdFor: "5m",
  severity: "warning",
  summary: "A queue cannot be asked for its depth.",
  description: `{{ $labels.service_name }} cannot ask queue {{ $labels.${operation} }} how many pipelines wait in it; what is shown of it is old.`,
  runbook:
    "`runlight logs latest --level warn` has the reason of the first failure of a row. As long as it lasts RunlightQueueGrowing is blind: ask what holds the queue itself.",
  cases: [
    {
      name: "fires when each question fails",
      interval: "1m",
      series: [{ series: seriesOf(failures, ofPaint), values: "0x10 1+6x30" }],
      at: "20m",
      fires: [labels],
    },
    {
      name: "does not fire for one question that failed",
      interval: "1m",
      series: [{ series: seriesOf(failures, ofPaint), values: "0x10 1x40" }],
      at: "20m",
      fires: [],
    },
  ],
};
