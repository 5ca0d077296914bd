import { execFile } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { metrics } from "@runlight/conventions";
import {
  ATTR_RUNLIGHT_OPERATION_NAME,
  ATTR_RUNLIGHT_OPERATION_OUTCOME,
  ATTR_WORKFLOW_DEFINITION_NAME,
  METRIC_RUNLIGHT_STAGE_DURATION,
} from "@runlight/conventions/names";
import { prometheusLabel, prometheusName, recorded } from "@runlight/dashboards";
import { locateTool } from "../stack/locate-program.ts";

const run = promisify(execFile);
const timeoutMs = 300_000;
const stageSeconds = 0.005;
const workflow = prometheusLabel(ATTR_WORKFLOW_DEFINITION_NAME);
const operation = prometheusLabel(ATTR_RUNLIGHT_OPERATION_NAME);
/** When histories begin, and end, in minutes before the drill: weeks and days are as many minutes as they have hours. */
const beginsMinutes = 176;
const stagesEndMinutes = 26;
const signalsEndMinutes = 18;

/** Service whose stages have a history. */
export const serviceWithHistory = "drill-baseline";
/** Service with a queue in which few wait. */
export const serviceWithQueue = "drill-crowded";
/** Service that processes a hundred items a second. */
export const serviceWithItems = "drill-idle";

/** Lays a history of fast stages, of a short queue and of many items into the data of a Prometheus that does not run yet: a baseline takes longer than a drill. */
export async function layHistory(dataDirectory: string, stackRoot: string, signal: AbortSignal): Promise<void> {
  const promtool = await locateTool("promtool", stackRoot, process.env);
  if (promtool === undefined) throw new Error("Cannot lay a history: promtool must be on PATH or built");
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  const file = join(dataDirectory, "history.txt");
  writeFileSync(file, `${renderStages(Date.now())}${renderSignals(Date.now())}# EOF\n`);
  await run(promtool, ["tsdb", "create-blocks-from", "openmetrics", "--quiet", file, dataDirectory], {
    timeout: timeoutMs,
    signal,
  });
  rmSync(file);
}

/** A stage a minute. */
function renderStages(nowMs: number): string {
  const labels = {
    service_name: serviceWithHistory,
    [workflow]: "nightly",
    [operation]: "fit",
    [prometheusLabel(ATTR_RUNLIGHT_OPERATION_OUTCOME)]: "success",
  };
  const bounds = metrics.find(({ name }) => name === METRIC_RUNLIGHT_STAGE_DURATION)?.buckets ?? [];
  const series = [
    ...[...bounds, "+Inf"].map((bound) => ({
      part: "bucket" as const,
      labels: { ...labels, le: String(bound) },
      each: 1,
    })),
    { part: "count" as const, labels, each: 1 },
    { part: "sum" as const, labels, each: stageSeconds },
  ];
  return series
    .map(({ part, labels: all, each }) =>
      samplesOf(prometheusName(METRIC_RUNLIGHT_STAGE_DURATION, part), all, {
        nowMs,
        endsMinutes: stagesEndMinutes,
        valueAt: (index) => index * each,
      }),
    )
    .join("");
}

/** What Prometheus would have recorded each minute. */
function renderSignals(nowMs: number): string {
  const settings = { nowMs, endsMinutes: signalsEndMinutes };
  const queued = { service_name: serviceWithQueue, [operation]: "paint", signal: "queued" };
  const items = { service_name: serviceWithItems, [workflow]: "nightly", [operation]: "load", signal: "items" };
  return [
    samplesOf(recorded.value, queued, { ...settings, valueAt: (index) => 4 + (index % 2) }),
    samplesOf(recorded.value, items, { ...settings, valueAt: (index) => 100 + (index % 2) }),
  ].join("");
}

interface Samples {
  readonly nowMs: number;
  readonly endsMinutes: number;
  readonly valueAt: (index: number) => number;
}

/** One sample a minute as OpenMetrics writes them. */
function samplesOf(
  name: string,
  labels: Readonly<Record<string, string>>,
  { nowMs, endsMinutes, valueAt }: Samples,
): string {
  const selector = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return Array.from({ length: beginsMinutes - endsMinutes }, (_, index) => {
    const seconds = Math.round(nowMs / 1000) - (beginsMinutes - index) * 60;
    return `${name}{${selector.join(",")}} ${valueAt(index)} ${seconds}\n`;
  }).join("");
}
