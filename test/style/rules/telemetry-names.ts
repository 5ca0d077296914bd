import { Visitor } from "oxc-parser";
import { attributes, events, metrics, resource } from "../../../packages/conventions/src/index.ts";
import { isPackageSource } from "../source-file.ts";
import type { Fault, Rule } from "../source-file.ts";

const prefixes = { ATTR: attributes, EVENT: events, METRIC: metrics, RESOURCE: resource } as const;

/** The constants of `@runlight/conventions/names`, by the name they stand for. A name of one word is also just a word. */
const constants = new Map(
  Object.entries(prefixes).flatMap(([prefix, entries]) =>
    entries
      .filter(({ name }) => name.includes("."))
      .map(({ name }) => [name, `${prefix}_${name.toUpperCase().replaceAll(".", "_")}`]),
  ),
);

/** A telemetry name is written once, in `conventions`; `testing` imports no package of ours and stays out. */
export const telemetryNames: Rule = (file) => {
  if (!isPackageSource(file) || /^packages\/(?:conventions|testing)\//.test(file.path)) return [];
  const faults: Fault[] = [];
  const check = (offset: number, value: unknown): void => {
    const constant = typeof value === "string" ? constants.get(value) : undefined;
    if (constant !== undefined) faults.push({ offset, message: `write ${constant} for "${String(value)}"` });
  };
  new Visitor({
    Literal: ({ start, value }) => check(start, value),
    TemplateElement: ({ start, value }) => check(start, value.cooked),
  }).visit(file.program);
  return faults;
};
