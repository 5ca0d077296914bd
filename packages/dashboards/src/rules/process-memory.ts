import { METRIC_RUNLIGHT_PROCESS_OOM } from "@runlight/conventions/names";
import { host } from "../host-names.ts";
import { prometheusName } from "../prometheus-name.ts";
import { operation, seriesOf, wentUp, workflow } from "./expressions.ts";
import type { AlertRule } from "./rule.ts";

const memory = host.memory;
const used = `${host.systemMemory}{system_memory_state="used"}`;
const usedSeries = seriesOf(host.systemMemory, { system_memory_state: "used" });
const killed = prometheusName(METRIC_RUNLIGHT_PROCESS_OOM);
const ofTool = { [workflow]: "nightly", [operation]: "blast" };

/** Memory has grown for an hour without ever falling back, and doubles within four hours. */
export const memoryLeak: AlertRule = {
  name: "RunlightMemoryLeak",
  expression: [
    `predict_linear(${memory}[1h], 14400) > 2 * ${memory}`,
    `and min_over_time(${memory}[10m]) > 1.2 * max_over_time(${memory}[10m] offset 50m)`,
  ].join("\n"),
  holdFor: "15m",
  severity: "warning",
  summary: "A process's memory grows without end.",
  description:
    "Resident memory of {{ $labels.service_name }} has grown for an hour without falling back, and doubles within four hours if it goes on.",
  runbook: [
    "The lowest value of the last ten minutes is a fifth above the highest of an hour ago, and the trend of the hour doubles it within four.",
    "1. The dashboard *Runlight: runtime and host*: does the heap grow (objects are kept), or only the resident memory (buffers, native code)?",
    "2. *Runlight: stages* shows at which stage the memory grows.",
  ].join("\n\n"),
  cases: [
    {
      name: "fires for memory that grows by half in an hour",
      interval: "1m",
      series: [{ series: seriesOf(memory), values: "100+1x200" }],
      at: "1h30m",
      fires: [{ service_name: "etl", service_instance_id: "a" }],
    },
    {
      name: "does not fire for memory that falls back",
      interval: "1m",
      series: [{ series: seriesOf(memory), values: "100+2x40 100+2x40 100+2x40 100+2x40" }],
      at: "1h50m",
      fires: [],
    },
  ],
};

/** Nine tenths of the host's memory are in use. */
export const memoryHigh: AlertRule = {
  name: "RunlightMemoryHigh",
  family: "host-memory",
  expression: `${used} > 0.9`,
  holdFor: "5m",
  severity: "warning",
  summary: "A host's memory is nearly used up.",
  description: "More than 90 % of the memory of the host of {{ $labels.service_name }} is in use.",
  runbook: [
    "Beyond it the kernel begins to kill. *Runlight: runtime and host* tells whether it is this process or another one.",
    "Let nothing new start there; lower the parallelism of what runs.",
  ].join("\n\n"),
  cases: [
    {
      name: "fires at 93 %",
      interval: "1m",
      series: [{ series: usedSeries, values: "0.93x60" }],
      at: "10m",
      fires: [{ service_name: "etl", service_instance_id: "a", system_memory_state: "used" }],
    },
    {
      name: "does not fire at 89 %",
      interval: "1m",
      series: [{ series: usedSeries, values: "0.89x60" }],
      at: "10m",
      fires: [],
    },
  ],
};

/** The second stage: the kernel is about to kill. */
export const memoryCritical: AlertRule = {
  name: "RunlightMemoryCritical",
  family: "host-memory",
  expression: `${used} > 0.97`,
  holdFor: "1m",
  severity: "critical",
  summary: "A host's memory is used up.",
  description: "More than 97 % of the memory of the host of {{ $labels.service_name }} is in use.",
  runbook:
    "The kernel may kill a process at any moment. End what can be done again; a run that is killed is told as lost and its telemetry is kept.",
  cases: [
    {
      name: "fires at 98 %",
      interval: "1m",
      series: [{ series: usedSeries, values: "0.98x60" }],
      at: "10m",
      fires: [{ service_name: "etl", service_instance_id: "a", system_memory_state: "used" }],
    },
    {
      name: "does not fire at 95 %",
      interval: "1m",
      series: [{ series: usedSeries, values: "0.95x60" }],
      at: "10m",
      fires: [],
    },
  ],
};

/** The kernel killed a child process of a run for want of memory. */
export const childOutOfMemory: AlertRule = {
  name: "RunlightChildOutOfMemory",
  expression: `sum by (service_name, ${workflow}, ${operation}) (${wentUp(killed)}) > 0`,
  severity: "warning",
  summary: "The kernel killed a child process for want of memory.",
  description: `A child process of {{ $labels.${operation} }} in workflow {{ $labels.${workflow} }} of {{ $labels.service_name }} was killed for want of memory.`,
  runbook: [
    "`runlight show RUN` has the peak memory of the child and its descendants; the limit is that of its control group or of the host.",
    "Give it more, or less work at once.",
  ].join("\n\n"),
  cases: [
    {
      name: "fires for the first child that is killed",
      interval: "1m",
      series: [{ series: seriesOf(killed, ofTool), values: "_x10 1x30" }],
      at: "12m",
      fires: [{ service_name: "etl", ...ofTool }],
    },
    {
      name: "does not fire ten minutes later",
      interval: "1m",
      series: [{ series: seriesOf(killed, ofTool), values: "_x10 1x30" }],
      at: "22m",
      fires: [],
    },
  ],
};
