import { didYouMean } from "./closest-name.ts";
import type { Rule } from "./rules/rule.ts";
import { shownValue } from "./shown-value.ts";
import type { ConfigFault } from "./telemetry-config-error.ts";

/** The fault of a value that breaks a rule; a secret is not shown. */
export function brokenRule(
  { path, where }: Pick<ConfigFault, "path" | "where">,
  rule: Pick<Rule<unknown>, "secret" | "text">,
  value: unknown,
): ConfigFault {
  return { path, rule: rule.text, value: rule.secret === true ? "[redacted]" : shownValue(path, value), where };
}

/** What an unknown name must be, with the known name that was probably meant. */
export function unknownName(kind: string, name: string, known: Iterable<string>): Pick<Rule<unknown>, "text"> {
  return { text: `left out, as there is no such ${kind}${didYouMean(name, known)}` };
}
