import { readFileSync } from "node:fs";
import { ATTR_WORKFLOW_DEFINITION_NAME, EVENT_WORKFLOW_WALLTIME_NEAR } from "@runlight/conventions/names";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { prometheusLabel } from "../src/prometheus-name.ts";
import { stack, stackSeries } from "../src/stack-names.ts";

interface AgentConfiguration {
  readonly connectors: {
    readonly count: {
      readonly logs: Readonly<
        Record<
          string,
          { readonly conditions: readonly string[]; readonly attributes: readonly { readonly key: string }[] }
        >
      >;
    };
  };
}

test("stackSeries() have what the Collector counts, of the events and by the attributes that the registry names", () => {
  const agent = parse(
    readFileSync(new URL("../../../collector/agent.yaml", import.meta.url), "utf8"),
  ) as AgentConfiguration;
  const counted = Object.entries(agent.connectors.count.logs).map(([name, { conditions, attributes }]) => ({
    series: { name: `${prometheusLabel(name)}_total`, labels: attributes.map(({ key }) => prometheusLabel(key)) },
    conditions,
  }));
  expect(counted).toEqual([
    {
      series: { name: stack.wallTimeNear, labels: [prometheusLabel(ATTR_WORKFLOW_DEFINITION_NAME)] },
      conditions: [`event_name == "${EVENT_WORKFLOW_WALLTIME_NEAR}"`],
    },
  ]);
  expect(stackSeries).toEqual(expect.arrayContaining(counted.map(({ series }) => series)));
});
