import { stringify } from "yaml";
import { rules } from "./all-rules.ts";
import type { AlertRule, RuleCase } from "./rule.ts";

/** Page that the alerts point to, as seen from the repository's root. */
export const runbookPath = "grafana/runbook.md";

const header = "# Generated from packages/dashboards by npm run generate. Do not edit.\n";

/** The rule file that Prometheus loads. */
export function renderRules(): string {
  const group = { name: "runlight", rules: rules.map(renderRule) };
  return header + stringify({ groups: [group] }, { lineWidth: 0 });
}

/** The cases of all rules, as `promtool test rules` reads them. */
export function renderRuleTests(): string {
  const tests = rules.flatMap((rule) => rule.cases.map((testCase) => renderCase(rule, testCase)));
  return (
    header + stringify({ rule_files: ["../rules/runlight.yaml"], evaluation_interval: "5s", tests }, { lineWidth: 0 })
  );
}

/** The runbook: a heading for each alert. */
export function renderRunbook(): string {
  const intro =
    "<!-- Generated from packages/dashboards by npm run generate. Do not edit. -->\n\n# Runbook\n\nWhat to do when an alert calls.\n";
  return [
    intro,
    ...rules.map((rule) => `## ${rule.name}\n\n${rule.summary} Severity: ${rule.severity}.\n\n${rule.runbook}\n`),
  ].join("\n");
}

function renderRule(rule: AlertRule): Readonly<Record<string, unknown>> {
  return {
    alert: rule.name,
    expr: rule.expression,
    ...(rule.holdFor === undefined ? {} : { for: rule.holdFor }),
    labels: { severity: rule.severity },
    annotations: annotations(rule),
  };
}

function renderCase(rule: AlertRule, testCase: RuleCase): Readonly<Record<string, unknown>> {
  return {
    name: `${rule.name} ${testCase.name}`,
    interval: testCase.interval,
    input_series: testCase.series,
    alert_rule_test: [
      {
        alertname: rule.name,
        eval_time: testCase.at,
        exp_alerts: testCase.fires.map((labels) => ({
          exp_labels: { severity: rule.severity, ...labels },
          exp_annotations: { ...annotations(rule), description: withLabels(rule.description, labels) },
        })),
      },
    ],
  };
}

function annotations(rule: AlertRule): Readonly<Record<string, string>> {
  return {
    summary: rule.summary,
    description: rule.description,
    runbook_url: `${runbookPath}#${rule.name.toLowerCase()}`,
  };
}

function withLabels(template: string, labels: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{\{ \$labels\.(\w+) \}\}/gu, (_match, label: string) => labels[label] ?? "");
}
