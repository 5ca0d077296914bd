import type { AlertRule } from "../rules/rule.ts";
import { checkQuery } from "./check-query.ts";
import type { Fault } from "./fault.ts";

/** Everything that is wrong with a rule as it is written: what `promtool` cannot know. */
export function checkRule(rule: AlertRule): readonly Fault[] {
  const where = `rule ${rule.name}`;
  const asked = [...(rule.records ?? []).map(({ expr }) => expr), rule.expression];
  const faults: Fault[] = asked.flatMap((query) => checkQuery(where, "PromQL", query));
  if (!rule.cases.some(({ fires }) => fires.length > 0))
    faults.push({ where, problem: "nothing shows that it fires", mend: "give it a case that fires" });
  // The dead man's switch fires always: that is its purpose.
  if (!rule.always && !rule.cases.some(({ fires }) => fires.length === 0))
    faults.push({ where, problem: "nothing shows that it keeps quiet", mend: "give it a case that does not fire" });
  if (rule.runbook.trim() === "")
    faults.push({ where, problem: "has no runbook", mend: "say what the person who is called does" });
  return faults;
}
