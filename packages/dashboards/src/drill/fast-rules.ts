import { rules } from "../rules/all-rules.ts";
import { renderRuleGroup } from "../rules/rule-files.ts";

/** Waits and windows of the shipped rules, and what stands for them in a drill: the last half an hour becomes ten seconds. */
const shorter: readonly (readonly [RegExp, string])[] = [
  [/\b30m\b/gu, "10s"],
  // The second stage has to come after the first, which it silences.
  [/\b2h\b/gu, "60s"],
  [/\b(?:5m|15m)\b/gu, "20s"],
  [/\[1h\]/gu, "[30s]"],
  [/> 180\b/gu, "> 20"],
];

/** The shipped rules with waits of seconds: what they ask is the same, when they answer is not. */
export function renderFastRules(): string {
  const fast = rules.map((rule) => ({
    ...rule,
    expression: shorter.reduce(
      (text, [pattern, replacement]) => text.replaceAll(pattern, replacement),
      rule.expression,
    ),
    ...(rule.holdFor === undefined ? {} : { holdFor: "1s" }),
  }));
  return renderRuleGroup("runlight", fast, "for a drill");
}
