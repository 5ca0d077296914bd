import {
  ATTR_RUNLIGHT_DROP_REASON,
  ATTR_RUNLIGHT_SIGNAL,
  METRIC_RUNLIGHT_SHIP_RECORDS,
  METRIC_RUNLIGHT_SPOOL_DROPPED,
  METRIC_RUNLIGHT_SPOOL_RECORDS,
} from "@runlight/conventions/names";
import { prometheusLabel, prometheusName } from "../prometheus-name.ts";
import { seriesOf, wentUp } from "./expressions.ts";
import type { AlertRule, RuleCase } from "./rule.ts";

const written = prometheusName(METRIC_RUNLIGHT_SPOOL_RECORDS);
const shipped = prometheusName(METRIC_RUNLIGHT_SHIP_RECORDS);
const dropped = prometheusName(METRIC_RUNLIGHT_SPOOL_DROPPED);
const signal = prometheusLabel(ATTR_RUNLIGHT_SIGNAL);
const reason = prometheusLabel(ATTR_RUNLIGHT_DROP_REASON);
const ofLogs = { [signal]: "logs" };
const labels = { service_name: "etl", service_instance_id: "a", ...ofLogs };

function backlog(wait: string): readonly RuleCase[] {
  return [
    {
      name: "fires when records are written faster than they are shipped",
      interval: "1m",
      series: [
        { series: seriesOf(written, ofLogs), values: "0+200x200" },
        { series: seriesOf(shipped, ofLogs), values: "0+20x200" },
      ],
      at: wait,
      fires: [labels],
    },
    {
      name: "does not fire while shipping keeps up",
      interval: "1m",
      series: [
        { series: seriesOf(written, ofLogs), values: "500+200x200" },
        { series: seriesOf(shipped, ofLogs), values: "0+200x200" },
      ],
      at: wait,
      fires: [],
    },
  ];
}

const waiting = `sum by (service_name, service_instance_id, ${signal}) (${written} - ${shipped})`;

/** What waits to be shipped grows. */
export const spoolGrowing: AlertRule = {
  name: "RunlightSpoolGrowing",
  family: "spool",
  expression: `${waiting} > 1000\nand ${waiting} > ${waiting.replaceAll(shipped, `${shipped} offset 10m`).replace(written, `${written} offset 10m`)}`,
  holdFor: "10m",
  severity: "warning",
  summary: "Telemetry is written faster than it is shipped.",
  description: `More than a thousand records ({{ $labels.${signal} }}) of {{ $labels.service_name }} wait to be shipped, and they become more.`,
  runbook: [
    "Nothing is lost: the spool holds it, until its retention. What the process does now is seen late.",
    "1. `npm run stack -- status` and the dashboard *Runlight: the telemetry's own health*: does the Collector refuse, is a queue full?",
    "2. After the end of the process `runlight ship` sends what is left.",
  ].join("\n\n"),
  cases: backlog("30m"),
};

/** The second stage: it has grown for an hour. */
export const spoolGrowingLong: AlertRule = {
  ...spoolGrowing,
  name: "RunlightSpoolGrowingLong",
  holdFor: "1h",
  severity: "critical",
  summary: "Telemetry has not been shipped for an hour.",
  runbook:
    "As RunlightSpoolGrowing, and nobody has helped for an hour: retention will delete in the end what is not shipped.",
  cases: backlog("1h40m"),
};

/** Records were dropped. */
export const telemetryDropped: AlertRule = {
  name: "RunlightTelemetryDropped",
  expression: `sum by (service_name, ${signal}, ${reason}) (${wentUp(dropped)}) > 0`,
  severity: "warning",
  summary: "Telemetry was dropped.",
  description: `Records ({{ $labels.${signal} }}) of {{ $labels.service_name }} were dropped: {{ $labels.${reason} }}.`,
  runbook: [
    "`buffer_full`: emitted faster than the disk takes. `oversized`: one record beyond the bound. `retention`: deleted before it was shipped. `rejected`: the Collector refused it for good. `closed`: emitted after shutdown. `encoding_failed`: could not be written as OTLP.",
    "`runlight config` shows the bounds; docs/configuration.md says how to change them.",
  ].join("\n\n"),
  cases: [
    {
      name: "fires for the first record that is dropped",
      interval: "1m",
      series: [{ series: seriesOf(dropped, { ...ofLogs, [reason]: "buffer_full" }), values: "_x10 1x30" }],
      at: "12m",
      fires: [{ service_name: "etl", ...ofLogs, [reason]: "buffer_full" }],
    },
    {
      name: "does not fire for old drops",
      interval: "1m",
      series: [{ series: seriesOf(dropped, { ...ofLogs, [reason]: "buffer_full" }), values: "7x30" }],
      at: "22m",
      fires: [],
    },
  ],
};
