import { host } from "../host-names.ts";
import type { AlertRule, RuleCase } from "./rule.ts";

const used = `max by (device) (${host.disk})`;
const onDisk = `${host.disk}{device="/dev/vda",mountpoint="/",mode="rw",type="ext4"}`;
const labels = { device: "/dev/vda" };

function cases(above: string, below: string): readonly RuleCase[] {
  return [
    {
      name: `fires at ${above}`,
      interval: "1m",
      series: [{ series: onDisk, values: `${above}x60` }],
      at: "15m",
      fires: [labels],
    },
    {
      name: `does not fire at ${below}`,
      interval: "1m",
      series: [{ series: onDisk, values: `${below}x60` }],
      at: "15m",
      fires: [],
    },
  ];
}

/** A disk is nearly full, or will be within a day. */
export const diskFilling: AlertRule = {
  name: "RunlightDiskFilling",
  family: "disk",
  expression: [
    `${used} > 0.85`,
    `or max by (device) (predict_linear(${host.disk}[6h], 86400)) > 1 and ${used} > 0.6`,
  ].join("\n"),
  holdFor: "10m",
  severity: "warning",
  summary: "A disk fills up.",
  description:
    "Disk {{ $labels.device }} of the Collector's machine is more than 85 % full, or will be full within a day if it goes on as in the last six hours.",
  runbook: [
    "Spools, run folders, the Collector's queues and the backends' data lie there; a full disk stops runs and telemetry alike.",
    "1. `du -xh --max-depth=2 / | sort -h | tail` names what is large; the dashboard *Runlight: the telemetry's own health* has the spools.",
    "2. What was shipped may be deleted: the retention of spools is `spool` in docs/configuration.md.",
  ].join("\n\n"),
  cases: [
    ...cases("0.87", "0.8"),
    {
      name: "fires when two thirds are used and the rest will not last the day",
      interval: "5m",
      series: [{ series: onDisk, values: "0.4+0.004x100" }],
      at: "6h",
      fires: [labels],
    },
    {
      name: "does not fire for a disk that fills slowly",
      interval: "5m",
      series: [{ series: onDisk, values: "0.65+0.0001x100" }],
      at: "6h",
      fires: [],
    },
  ],
};

/** The second stage: it is full in a moment. */
export const diskFull: AlertRule = {
  name: "RunlightDiskFull",
  family: "disk",
  expression: `${used} > 0.95`,
  holdFor: "1m",
  severity: "critical",
  summary: "A disk is full.",
  description: "Disk {{ $labels.device }} of the Collector's machine is more than 95 % full.",
  runbook:
    "Make room now: end what writes most, then do what stands under RunlightDiskFilling. A spool that cannot write drops and counts it, and the job goes on.",
  cases: cases("0.96", "0.94"),
};
