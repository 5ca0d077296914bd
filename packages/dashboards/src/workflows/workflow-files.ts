import type { WorkflowDefinition } from "@runlight/core";
import { stringify } from "yaml";
import { workflow } from "../rules/expressions.ts";
import { renderRuleGroup, renderRuleTests } from "../rules/rule-files.ts";
import { workflowRules } from "./workflow-rules.ts";

/** One file made from definitions. */
export interface WorkflowFile {
  /** Below the folder that is written. */
  readonly path: string;
  readonly text: string;
}

const generated = "by runlight alerts define";

/**
 * For each workflow rules for Prometheus and their tests for `promtool`; for those with a receiver routes to copy below `route.routes` of Alertmanager, before the others.
 *
 * @throws SyntaxError or RangeError for a definition that cannot be used, and for two whose files would have one name.
 */
export function renderWorkflowFiles(definitions: readonly WorkflowDefinition[]): readonly WorkflowFile[] {
  // Without a receiver of its own an alert goes the way of its severity: a route here would take it from that.
  const routes = definitions.flatMap(({ name, receiver }) =>
    receiver === undefined
      ? []
      : [{ matchers: [`${workflow} = ${JSON.stringify(name)}`], receiver, group_by: ["alertname"] }],
  );
  const files = definitions.flatMap(filesOf);
  const twice = files.find(({ path }, index) => files.findIndex((other) => other.path === path) !== index);
  if (twice !== undefined) {
    throw new RangeError(
      `Cannot write rules: names of workflows must give files of their own, current value is ${twice.path} twice`,
    );
  }
  return [...files, { path: "workflow-routes.yaml", text: stringify({ routes }, { lineWidth: 0 }) }];
}

function filesOf(definition: WorkflowDefinition): readonly WorkflowFile[] {
  const rules = workflowRules(definition);
  if (rules.length === 0) return [];
  const file = `workflow-${definition.name.toLowerCase().replaceAll(/[^a-z0-9]+/gu, "-")}`;
  return [
    { path: `rules/${file}.yaml`, text: renderRuleGroup(file, rules, generated) },
    ...renderRuleTests(rules, `../rules/${file}.yaml`, generated).map(({ interval, text }) => ({
      path: `tests/${file}-${interval}.yaml`,
      text,
    })),
  ];
}
