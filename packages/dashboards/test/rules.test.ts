import { expect, test } from "vitest";
import { checkRule } from "../src/check/check-rule.ts";
import { describeFault } from "../src/check/fault.ts";
import { rules } from "../src/rules/all-rules.ts";
import { counted } from "../src/rules/expressions.ts";
import {
  renderBandRules,
  renderBandTests,
  renderRules,
  renderRuleTests,
  renderRunbook,
} from "../src/rules/rule-files.ts";
import { runFailed } from "../src/rules/run-failed.ts";
import { unusualRules } from "../src/rules/unusual.ts";

test.each([...rules, ...unusualRules].map((rule) => [rule.name, rule] as const))(
  "checkRule() finds that %s names what is emitted, and is proved",
  (_name, rule) => {
    expect(checkRule(rule).map(describeFault)).toEqual([]);
  },
);

test("checkRule() names rule and mend of a rule that is none", () => {
  const broken = { ...runFailed, expression: "sum(runlight_imagined_total) > 0", cases: [], runbook: "" };
  expect(checkRule(broken).map(describeFault)).toEqual([
    "rule RunlightRunFailed: runlight_imagined_total is no metric; names stand in packages/conventions/src/registry, those of others in packages/dashboards/src",
    "rule RunlightRunFailed: nothing shows that it fires; give it a case that fires",
    "rule RunlightRunFailed: nothing shows that it keeps quiet; give it a case that does not fire",
    "rule RunlightRunFailed: has no runbook; say what the person who is called does",
  ]);
});

test("renderRunbook() has a heading for every alert, which the alert points to", () => {
  const runbook = renderRunbook();
  for (const rule of [...rules, ...unusualRules]) {
    expect(runbook).toContain(`\n## ${rule.name}\n`);
    expect(renderRules() + renderBandRules()).toContain(`runbook_url: grafana/runbook.md#${rule.name.toLowerCase()}`);
  }
});

test("renderRuleTests() leaves no template in what it expects", () => {
  for (const { text } of [...renderRuleTests(), ...renderBandTests()]) expect(text).not.toContain("{{");
});

test("counted() subtracts what stood at the window's begin, and extrapolates only over a counter that began anew", () => {
  expect(counted('up{job="a"}', "1d")).toBe(
    [
      '(increase(up{job="a"}[1d]) and resets(up{job="a"}[1d]) > 0',
      '  or last_over_time(up{job="a"}[1d]) - (up{job="a"} offset 1d or min_over_time(up{job="a"}[1d])))',
    ].join("\n"),
  );
});
