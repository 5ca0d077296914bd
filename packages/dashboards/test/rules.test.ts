import { expect, test } from "vitest";
import { rules } from "../src/rules/all-rules.ts";
import { renderRules, renderRuleTests, renderRunbook } from "../src/rules/rule-files.ts";

test.each(rules.map((rule) => [rule.name, rule] as const))(
  "rules() proves that %s fires and that it does not",
  (_name, rule) => {
    expect(rule.cases.some((testCase) => testCase.fires.length > 0)).toBe(true);
    expect(rule.cases.some((testCase) => testCase.fires.length === 0)).toBe(true);
  },
);

test("renderRunbook() has a heading for every alert, which the alert points to", () => {
  const runbook = renderRunbook();
  for (const rule of rules) {
    expect(runbook).toContain(`\n## ${rule.name}\n`);
    expect(renderRules()).toContain(`runbook_url: grafana/runbook.md#${rule.name.toLowerCase()}`);
  }
});

test("renderRuleTests() leaves no template in what it expects", () => {
  expect(renderRuleTests()).not.toContain("{{");
});
