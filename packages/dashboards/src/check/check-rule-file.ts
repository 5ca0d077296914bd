import { parse } from "yaml";
import { checkQuery } from "./check-query.ts";
import type { Fault } from "./fault.ts";

interface ReadRule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr?: unknown;
}

/** Everything that is wrong with the names in a rule file of Prometheus, given as its text; its grammar is for `promtool` to judge. */
export function checkRuleFile(file: string, text: string): readonly Fault[] {
  let rules: readonly ReadRule[];
  try {
    rules = readRules(text);
  } catch (error) {
    const problem = `holds no groups of rules (${(error as Error).message.split("\n", 1)[0]})`;
    return [{ where: file, problem, mend: "write it as promtool check rules takes it" }];
  }
  const own = new Set(rules.flatMap(({ record }) => record ?? []));
  return rules.flatMap(({ alert, record, expr }) =>
    checkQuery(`${file}: rule ${alert ?? record}`, "PromQL", String(expr), own),
  );
}

/**
 * The names of the alerts in a rule file of Prometheus.
 *
 * @throws TypeError or YAMLParseError where it is none, of which {@link checkRuleFile} tells
 */
export function alertsIn(text: string): readonly string[] {
  return readRules(text).flatMap(({ alert }) => alert ?? []);
}

function readRules(text: string): readonly ReadRule[] {
  const { groups } = parse(text) as { readonly groups: readonly { readonly rules?: readonly ReadRule[] }[] };
  return groups.flatMap((group) => group.rules ?? []);
}
