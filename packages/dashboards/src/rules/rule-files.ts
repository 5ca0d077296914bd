import { stringify } from "yaml";
import { bandRules } from "../bands/band-rules.ts";
import { workflowRules } from "../workflows/workflow-rules.ts";
import { rules } from "./all-rules.ts";
import type { AlertRule, RuleCase } from "./rule.ts";
import { unusualRules } from "./unusual.ts";

/** Page that the alerts point to, as seen from the repository's root. */
export const runbookPath = "grafana/runbook.md";

const generated = "from packages/dashboards by npm run generate";

/** The rule file that Prometheus loads. */
export function renderRules(): string {
  return renderRuleGroup("runlight", rules);
}

/** A rule file with one group. */
export function renderRuleGroup(name: string, group: readonly AlertRule[], by: string = generated): string {
  return headerOf(by) + stringify({ groups: [{ name, rules: group.flatMap(renderWithRecords) }] }, { lineWidth: 0 });
}

/** The file with the bands of continuous signals and the alerts that ask them: apart, as a band of weeks needs no look every five seconds. */
export function renderBandRules(): string {
  const group = { name: "runlight-bands", interval: "30s", rules: [...bandRules, ...unusualRules.map(renderRule)] };
  return headerOf(generated) + stringify({ groups: [group] }, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** The cases of the rules that ask bands. */
export function renderBandTests(): ReturnType<typeof renderRuleTests> {
  // Weeks looked at every five minutes would take a minute.
  return renderRuleTests(unusualRules, "../rules/runlight-bands.yaml", generated, "30m");
}

/** The cases of all rules by their interval, as `promtool test rules` reads them: a case of a week evaluated every second would take an hour. */
export function renderRuleTests(
  tested: readonly AlertRule[] = rules,
  ruleFile = "../rules/runlight.yaml",
  by: string = generated,
  evaluation?: string,
): readonly { readonly interval: string; readonly text: string }[] {
  const all = tested.flatMap((rule) => rule.cases.map((testCase) => ({ rule, testCase })));
  const intervals = [...new Set(all.map(({ testCase }) => testCase.interval))];
  return intervals.map((interval) => {
    const tests = all
      .filter(({ testCase }) => testCase.interval === interval)
      .map(({ rule, testCase }) => renderCase(rule, testCase));
    const file = { rule_files: [ruleFile], evaluation_interval: evaluation ?? interval, tests };
    return { interval, text: headerOf(by) + stringify(file, { lineWidth: 0 }) };
  });
}

/** Those that definitions of workflows make have a heading too. */
export const promisedRules: readonly AlertRule[] = workflowRules({
  name: "of a definition",
  maxDuration: "1h",
  freshness: "1d",
  minItems: 1,
});

/** The runbook: a heading for each alert. */
export function renderRunbook(): string {
  const intro =
    "<!-- Generated from packages/dashboards by npm run generate. Do not edit. -->\n\n# Runbook\n\nWhat to do when an alert calls.\n";
  return [
    intro,
    ...[...rules, ...unusualRules, ...promisedRules].map(
      (rule) => `## ${rule.name}\n\n${rule.summary} Severity: ${rule.severity}.\n\n${rule.runbook}\n`,
    ),
  ].join("\n");
}

function headerOf(by: string): string {
  return `# Generated ${by}. Do not edit.\n`;
}

/** What an alert asks is recorded before it. */
function renderWithRecords(rule: AlertRule): readonly object[] {
  return [...(rule.records ?? []), renderRule(rule)];
}

function renderRule(rule: AlertRule): Readonly<Record<string, unknown>> {
  return {
    alert: rule.name,
    expr: rule.expression,
    ...(rule.holdFor === undefined ? {} : { for: rule.holdFor }),
    labels: fixedLabels(rule),
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
          exp_labels: { ...fixedLabels(rule), ...labels },
          exp_annotations: { ...annotations(rule), description: withLabels(rule.description, labels) },
        })),
      },
    ],
  };
}

function fixedLabels({ name, family = name, severity, labels }: AlertRule): Readonly<Record<string, string>> {
  return { severity, family, ...labels };
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
