import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hastenRules, renderDrillReceivers, renderWorkflowFiles } from "@runlight/dashboards";
import type { DrillReceivers, DrillRooms } from "@runlight/dashboards";
import { overdueWorkflow, overlongWorkflow, sparseWorkflow } from "./drill-workflows.ts";

/** What copies are made for. */
export interface FastCopySettings {
  readonly receivers: DrillReceivers;
  readonly rooms: DrillRooms;
}

/** Bytes that the Collector keeps for a backend that is down; a drill fills them in seconds. */
const queueBytes = 4 * 1024 * 1024;

/** Copies the stack's files to a folder and makes them fast: rules, intervals, waits, and a small queue before Loki. */
export function copyFast(stackRoot: string, directory: string, { receivers, rooms }: FastCopySettings): void {
  for (const folder of ["collector", "grafana"])
    cpSync(join(stackRoot, folder), join(directory, folder), { recursive: true });
  const prometheus = join(directory, "grafana", "prometheus");
  const rules = join(prometheus, "rules");
  const promises = [overdueWorkflow, overlongWorkflow, sparseWorkflow].map(({ definition }) => definition);
  for (const { path, text } of renderWorkflowFiles(promises)) {
    if (path.startsWith("rules/")) writeFileSync(join(prometheus, path), text);
  }
  for (const file of readdirSync(rules)) rewrite(join(rules, file), (text) => hastenRules(text, rooms));
  rewrite(join(prometheus, "prometheus.yaml"), (text) =>
    text
      .replace(/scrape_interval: \w+/u, "scrape_interval: 2s\n  scrape_timeout: 2s")
      .replace(/evaluation_interval: \w+/u, "evaluation_interval: 1s")
      // The one that the drill does without.
      .replace(/ {2}- job_name: tempo\n.*\n/u, ""),
  );
  rewrite(join(directory, "collector", "agent.yaml"), (text) =>
    text
      .replaceAll("max_interval: 15s", "max_interval: 1s")
      .replace(/collection_interval: \w+/u, "collection_interval: 1s")
      .replace(/(otlp_http\/loki:\n(?: {4}.*\n)*? +queue_size: )\d+/u, `$1${queueBytes}`),
  );
  rewrite(join(directory, "grafana", "alertmanager", "alertmanager.yaml"), (text) =>
    renderDrillReceivers(text, receivers),
  );
}

function rewrite(path: string, change: (text: string) => string): void {
  writeFileSync(path, change(readFileSync(path, "utf8")));
}
