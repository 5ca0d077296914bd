import type { Fault } from "./fault.ts";
import { knownLogLabels, knownSeries, knownSpanAttributes } from "./known-names.ts";
import { readQuery } from "./read-query.ts";
import type { QueryLanguage } from "./read-query.ts";

const inRegistry = "names stand in packages/conventions/src/registry, those of others in packages/dashboards/src";

/**
 * Parses a query and looks its metrics and labels up.
 *
 * @param own Series that are recorded beside it, whose labels nobody lists.
 */
export function checkQuery(
  where: string,
  language: QueryLanguage,
  query: string,
  own: ReadonlySet<string> = new Set(),
): readonly Fault[] {
  const { errorAt, series, labels } = readQuery(language, query);
  if (errorAt !== undefined) {
    return [
      {
        where,
        problem: `${language} cannot be parsed at ${errorAt}: ${query}`,
        mend: `write ${language} that its grammar takes`,
      },
    ];
  }
  if (language !== "PromQL") {
    const known = language === "LogQL" ? knownLogLabels : knownSpanAttributes;
    return labels
      .filter((label) => !known.has(label))
      .map((label) => ({
        where,
        problem: `${label} is no ${language === "LogQL" ? "label of a record" : "attribute of a span"}`,
        mend: inRegistry,
      }));
  }
  const faults: Fault[] = [];
  const available = new Set<string>();
  for (const { name, labels: matched } of series) {
    const known = knownSeries.get(name);
    if (known === undefined && own.has(name)) return faults;
    if (known === undefined) faults.push({ where, problem: `${name} is no metric`, mend: inRegistry });
    for (const label of known ?? []) available.add(label);
    for (const label of matched) {
      if (known?.has(label) === false)
        faults.push({ where, problem: `${label} is no label of ${name}`, mend: inRegistry });
    }
  }
  if (faults.length > 0) return faults;
  return labels
    .filter((label) => !available.has(label))
    .map((label) => ({ where, problem: `${label} is no label of what is grouped by it`, mend: inRegistry }));
}
