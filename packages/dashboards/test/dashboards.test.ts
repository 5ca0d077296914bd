import { metrics } from "@runlight/conventions";
import { expect, test } from "vitest";
import { buildRunsDashboard } from "../src/dashboards/runs.ts";
import { dataSourceIds } from "../src/data-sources.ts";
import { prometheusLabel, prometheusName } from "../src/prometheus-name.ts";

interface BuiltPanel {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly datasource: { readonly uid: string };
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly { readonly expr?: string; readonly query?: string }[];
}

const panels = (buildRunsDashboard().panels ?? []) as unknown as readonly BuiltPanel[];

test("buildRunsDashboard() gives every panel an id of its own, a description, a known data source and a query", () => {
  expect(new Set(panels.map((panel) => panel.id)).size).toBe(panels.length);
  for (const panel of panels) {
    expect(panel.description, panel.title).not.toBe("");
    expect(Object.values(dataSourceIds), panel.title).toContain(panel.datasource.uid);
    expect(panel.targets.length, panel.title).toBeGreaterThan(0);
  }
});

test("buildRunsDashboard() lets no two panels overlap", () => {
  const taken = new Map<string, string>();
  for (const { gridPos, title } of panels) {
    expect(gridPos.x + gridPos.w, title).toBeLessThanOrEqual(24);
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
        expect(taken.get(`${x},${y}`), `${title} at ${x},${y}`).toBeUndefined();
        taken.set(`${x},${y}`, title);
      }
    }
  }
});

test("buildRunsDashboard() asks Prometheus only for metrics of the registry", () => {
  const known = new Set(
    metrics.flatMap(({ name, instrument }) =>
      instrument === "histogram"
        ? (["bucket", "count", "sum"] as const).map((part) => prometheusName(name as never, part))
        : [prometheusName(name as never)],
    ),
  );
  const own = new RegExp(`\\b(?:runlight|workflow)_\\w+(?=\\{)`, "gu");
  const asked = panels.flatMap((panel) =>
    panel.targets.flatMap((target) => [...(target.expr ?? "").matchAll(own)].map((match) => match[0])),
  );
  expect(asked.length).toBeGreaterThan(8);
  expect(asked.filter((name) => !known.has(name))).toEqual([]);
});

test("prometheusName() follows Prometheus' translation of OTLP names", () => {
  expect(prometheusName("workflow.execution.duration", "bucket")).toBe("workflow_execution_duration_seconds_bucket");
  expect(prometheusName("workflow.execution.errors")).toBe("workflow_execution_errors_total");
  expect(prometheusName("runlight.run.progress")).toBe("runlight_run_progress_ratio");
  expect(prometheusName("runlight.run.info")).toBe("runlight_run_info");
  expect(prometheusName("runlight.spool.size")).toBe("runlight_spool_size_bytes");
  expect(prometheusLabel("workflow.definition.name")).toBe("workflow_definition_name");
});

test("prometheusName() refuses a histogram without a part", () => {
  expect(() => prometheusName("workflow.execution.duration")).toThrow(
    new RangeError(
      "Cannot name workflow.execution.duration in Prometheus: part must be given for a histogram and for nothing else, current value is undefined",
    ),
  );
});
