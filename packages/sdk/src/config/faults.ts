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

/** Faults as they are told: options, then the environment, then the file line by line; one for each place, the first that was found. */
export function toldInOrder(faults: readonly ConfigFault[]): readonly ConfigFault[] {
  const places = new Map<string, ConfigFault>();
  for (const fault of faults) {
    const place = `${fault.where} ${fault.path}`;
    if (!places.has(place)) places.set(place, fault);
  }
  return [...places.values()].sort((one, other) => rankOf(one) - rankOf(other));
}

function rankOf({ where }: ConfigFault): number {
  if (where === "options") return -2;
  return where === "environment" ? -1 : Number(/:(\d+)$/.exec(where)?.[1] ?? 0);
}
