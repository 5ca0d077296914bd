import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { workflowRules } from "@runlight/dashboards";
import { expect, test } from "vitest";
import { drilledAlerts } from "../../src/drill/run-drill.ts";
import { notDrilled, scenarios } from "../../src/drill/scenarios/all-scenarios.ts";
import { findStackRoot } from "../../src/stack/stack-root.ts";

/** Names of the alerts that Prometheus is shipped with, and of those that definitions of workflows make. */
function shippedAlerts(): readonly string[] {
  const folder = join(findStackRoot(), "grafana/prometheus/rules");
  const shipped = readdirSync(folder).flatMap((file) => [
    ...readFileSync(join(folder, file), "utf8").matchAll(/^ +- alert: (\w+)$/gmu),
  ]);
  const promised = workflowRules({ name: "nightly", maxDuration: "1h", freshness: "1d", minItems: 1 });
  return [...shipped.map(([, name = ""]) => name), ...promised.map(({ name }) => name)];
}

test("drilledAlerts has every alert, but for those that notDrilled gives a reason for", () => {
  expect([...drilledAlerts, ...Object.keys(notDrilled)].toSorted()).toEqual(shippedAlerts().toSorted());
  for (const reason of Object.values(notDrilled)) expect(reason).not.toBe("");
});

test("drilledAlerts have a subject each, so that no page is taken for another's", () => {
  const together = scenarios.filter(({ alone }) => alone === undefined).flatMap(({ alerts }) => alerts);
  const named = together.map(({ alert, subject }) => `${alert} ${subject}`);
  expect(named).toEqual([...new Set(named)]);
});
