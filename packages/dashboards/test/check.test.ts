import { expect, test } from "vitest";
import { checkDashboard, checkDashboardIds } from "../src/check/check-dashboard.ts";
import { describeFault } from "../src/check/fault.ts";
import { buildDashboards } from "../src/dashboards/all-dashboards.ts";

const sound = JSON.parse(JSON.stringify(buildDashboards()[0]?.dashboard)) as {
  panels: { title: string; id: number; datasource: { uid: string }; targets: { expr?: string; query?: string }[] }[];
};

function faultsWith(change: (panel: (typeof sound.panels)[number]) => void, title = "Running"): readonly string[] {
  const broken = structuredClone(sound);
  for (const panel of broken.panels) if (panel.title === title) change(panel);
  return checkDashboard("runs.json", JSON.stringify(broken)).map(describeFault);
}

const mend = "names stand in packages/conventions/src/registry, those of others in packages/dashboards/src";

test.each(buildDashboards().map(({ file, dashboard }) => [file, dashboard] as const))(
  "checkDashboard() finds nothing wrong with %s",
  (file, dashboard) => {
    expect(checkDashboard(file, JSON.stringify(dashboard)).map(describeFault)).toEqual([]);
  },
);

test("checkDashboardIds() finds that every uid is its dashboard's own", () => {
  const files = buildDashboards().map(({ file, dashboard }) => ({
    file,
    text: JSON.stringify(dashboard, undefined, 2),
  }));
  expect(checkDashboardIds(files)).toEqual([]);
  const twice = [...files, { file: "copy.json", text: files[0]?.text ?? "" }];
  expect(checkDashboardIds(twice).map(describeFault)).toEqual([
    "copy.json: its uid is that of runs.json; give it one of its own",
  ]);
});

test("checkDashboard() names file, panel and mend of a query that is none", () => {
  expect(faultsWith((panel) => (panel.targets[0] = { expr: "sum(up" }))).toEqual([
    'runs.json: panel 1 "Running": PromQL cannot be parsed at 6: sum(up; write PromQL that its grammar takes',
  ]);
  expect(
    faultsWith((panel) => (panel.targets[0] = { expr: '{service_name="x"} | ' }), "Starts, ends and failures"),
  ).toEqual([
    'runs.json: panel 10 "Starts, ends and failures": LogQL cannot be parsed at 21: {service_name="x"} | ; write LogQL that its grammar takes',
  ]);
  expect(faultsWith((panel) => (panel.targets[0] = { query: "{ span.x = }" }), "Traces of runs")).toEqual([
    'runs.json: panel 9 "Traces of runs": TraceQL cannot be parsed at 11: { span.x = }; write TraceQL that its grammar takes',
  ]);
});

test("checkDashboard() takes counts that are anchored, and no other word in that place", () => {
  const counting = (modifier: string): readonly string[] =>
    faultsWith(
      (panel) => (panel.targets[0] = { expr: `sum(increase(runlight_run_lost_total[$__range] ${modifier}))` }),
    );
  expect(counting("anchored")).toEqual([]);
  expect(counting("anchored offset 5m")).toEqual([]);
  expect(counting("ancored")).toEqual([
    'runs.json: panel 1 "Running": PromQL cannot be parsed at 41: sum(increase(runlight_run_lost_total[$__range] ancored)); write PromQL that its grammar takes',
  ]);
});

test.each(buildDashboards().map(({ file, dashboard }) => [file, dashboard] as const))(
  "buildDashboards() lets no panel of %s extrapolate a count",
  (_file, dashboard) => {
    const counts = JSON.stringify(dashboard).match(/increase\([^[]*\[[^\]]*\][^)]*\)/gu) ?? [];
    expect(counts.filter((count) => !count.endsWith("] anchored)"))).toEqual([]);
  },
);

test("checkDashboard() refuses a metric and a label that nobody emits", () => {
  expect(faultsWith((panel) => (panel.targets[0] = { expr: "sum(runlight_imagined_total)" }))).toEqual([
    `runs.json: panel 1 "Running": runlight_imagined_total is no metric; ${mend}`,
  ]);
  expect(faultsWith((panel) => (panel.targets[0] = { expr: 'sum(up{colour="red"})' }))).toEqual([
    `runs.json: panel 1 "Running": colour is no label of up; ${mend}`,
  ]);
  expect(faultsWith((panel) => (panel.targets[0] = { expr: "sum by (colour) (up)" }))).toEqual([
    `runs.json: panel 1 "Running": colour is no label of what is grouped by it; ${mend}`,
  ]);
  expect(
    faultsWith(
      (panel) => (panel.targets[0] = { expr: '{service_name="x"} | colour="red"' }),
      "Starts, ends and failures",
    ),
  ).toEqual([`runs.json: panel 10 "Starts, ends and failures": colour is no label of a record; ${mend}`]);
  expect(faultsWith((panel) => (panel.targets[0] = { query: '{ span.colour = "red" }' }), "Traces of runs")).toEqual([
    `runs.json: panel 9 "Traces of runs": colour is no attribute of a span; ${mend}`,
  ]);
});

test("checkDashboard() refuses a taken id, an unknown data source, an overlap and a missing unit", () => {
  expect(faultsWith((panel) => (panel.id = 2))).toEqual([
    'runs.json: panel 2 "Succeeded": its id is taken or no whole number; give it one of its own, for good',
  ]);
  expect(faultsWith((panel) => (panel.datasource.uid = "mine"))).toEqual([
    'runs.json: panel 1 "Running": its data source is mine; take one of runlight-prometheus, runlight-loki, runlight-tempo',
  ]);
  expect(faultsWith((panel) => Object.assign(panel, { gridPos: { x: 6, y: 0, w: 6, h: 4 } }))).toEqual([
    'runs.json: panel 2 "Succeeded": overlaps panel 1; put it into a row of its own',
  ]);
  expect(faultsWith((panel) => Object.assign(panel, { fieldConfig: {} }))).toEqual([
    'runs.json: panel 1 "Running": has no unit; give its text a unit',
  ]);
});

test("checkDashboard() says that a file is no JSON", () => {
  expect(checkDashboard("runs.json", "{").map(describeFault)).toEqual([
    expect.stringMatching(/^runs\.json: is no JSON \(.*\); run npm run generate$/u),
  ]);
});
