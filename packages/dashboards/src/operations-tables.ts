import { buildDashboards } from "./dashboards/all-dashboards.ts";
import { rules } from "./rules/all-rules.ts";
import { promisedRules } from "./rules/rule-files.ts";
import { unusualRules } from "./rules/unusual.ts";

/** The dashboards and the alerts there are, as two tables of Markdown. */
export function renderOperationsTables(): string {
  const dashboards = buildDashboards().map(({ file, dashboard }) => [
    dashboard.title ?? "",
    `\`${file}\``,
    String(dashboard.panels?.length ?? 0),
    dashboard.description ?? "",
  ]);
  const alerts = [...rules, ...unusualRules, ...promisedRules].map(({ name, severity, holdFor, summary }) => [
    `[${name}](../grafana/runbook.md#${name.toLowerCase()})`,
    severity,
    holdFor ?? "at once",
    summary,
  ]);
  return [
    renderTable(["dashboard", "file", "panels", "what it shows"], dashboards),
    renderTable(["alert", "severity", "after", "what it says"], alerts),
  ].join("\n");
}

function renderTable(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = titles.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |\n`;
  return line(titles) + line(widths.map((width) => "-".repeat(width))) + rows.map(line).join("");
}
