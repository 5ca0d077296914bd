import { expect, test } from "vitest";
import { placeRows } from "../src/dashboards/layout.ts";
import { statPanel } from "../src/dashboards/panels.ts";
import { promql } from "../src/dashboards/targets.ts";
import { prometheusLabel, prometheusName } from "../src/prometheus-name.ts";

test("placeRows() puts rows one below the other and panels side by side, and refuses what does not divide the grid", () => {
  const panel = (id: number): ReturnType<typeof statPanel> =>
    statPanel({ id, title: "Up", description: "Parts that answer." }, promql("up"));
  const placed = placeRows([
    { height: 4, panels: [panel(1), panel(2)] },
    { height: 8, panels: [panel(3)] },
  ]);
  expect(placed.map((built) => built.build().gridPos)).toEqual([
    { x: 0, y: 0, w: 12, h: 4 },
    { x: 12, y: 0, w: 12, h: 4 },
    { x: 0, y: 4, w: 24, h: 8 },
  ]);
  expect(() => placeRows([{ height: 4, panels: [1, 2, 3, 4, 5].map(panel) }])).toThrow(
    new RangeError("Cannot place a row: the number of its panels must divide 24, current value is 5"),
  );
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
