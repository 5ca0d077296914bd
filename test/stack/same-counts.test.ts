import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { metrics } from "../../packages/conventions/src/index.ts";
import type { RunSummary } from "../../packages/core/src/index.ts";
import { openStore } from "../../packages/store/src/index.ts";
import type { RunListing, SpanEntry } from "../../packages/store/src/index.ts";
import { temporaryDirectory } from "../../packages/testing/src/index.ts";
import { patience } from "./ask.ts";
import { fillIn, readDashboards } from "./dashboard-queries.ts";
import { askRunlight, runFlights } from "./flights.ts";
import type { Surroundings } from "./flights.ts";
import { queryRecords } from "./loki.ts";
import { buildTimeoutMs, startStack } from "./native-stack.ts";
import type { NativeStack } from "./native-stack.ts";
import { queryValues } from "./prometheus.ts";

const timeout = 180_000;
const cleanup = new AsyncDisposableStack();
const home = cleanup.use(temporaryDirectory());
const queries = readDashboards().flatMap(({ queries }) => queries);
const operationLabel = "runlight_operation_name";
let stack: NativeStack;
let runs: readonly RunListing[];
let summaries: readonly RunSummary[];
let stageSpans: readonly SpanEntry[];

type Numbers = Readonly<Record<string, number>>;

beforeAll(async () => {
  stack = cleanup.use(await startStack());
  const surroundings: Surroundings = { cwd: join(home.path, "runs"), endpoint: stack.endpoint, instance: "counted" };
  mkdirSync(surroundings.cwd);
  // One after the other, as a schedule would: each begins its counters anew under the same labels.
  await runFlights(["--months", "2"], surroundings);
  await runFlights(["--months", "1"], surroundings);
  await runFlights(["--months", "1", "--fail", "fit"], surroundings);
  const listed = await askRunlight(["runs", "--json"], surroundings);
  runs = (JSON.parse(listed) as { readonly runs: readonly RunListing[] }).runs;
  summaries = await Promise.all(
    runs.map(async ({ runId }) => JSON.parse(await askRunlight(["show", runId, "--json"], surroundings)) as RunSummary),
  );
  const store = openStore(join(surroundings.cwd, ".runlight"));
  stageSpans = store
    .runs()
    .flatMap((run) => [...store.spans(run)])
    .filter(({ attributes }) => attributes["runlight.operation.kind"] === "stage");
}, buildTimeoutMs);

afterAll(() => cleanup.disposeAsync(), timeout);

/** The query of a panel, asked for the last half hour. */
function queryOf(title: string): string {
  const query = queries.find((query) => query.title === title);
  if (query === undefined) throw new Error(`Cannot find ${title}`);
  return fillIn(query.expression, { __range: "30m", service: "flights", environment: ".*", workflow: ".*" });
}

/** What a panel shows now, by the values of labels. */
function shown(title: string, ...labels: readonly string[]): Promise<Numbers> {
  return queryValues(stack.prometheus, queryOf(title), ...labels);
}

/** The sum of a number of each item, by its key. */
function sumBy<Item>(items: readonly Item[], key: (item: Item) => string, value: (item: Item) => number): Numbers {
  const sums: Record<string, number> = {};
  for (const item of items) sums[key(item)] = (sums[key(item)] ?? 0) + value(item);
  return sums;
}

test("runs.json counts the runs of runlight runs, by outcome", { timeout }, async () => {
  const expected = { success: 2, failure: 1 };
  expect(
    sumBy(
      runs,
      ({ status }) => status,
      () => 1,
    ),
  ).toEqual(expected);
  await expect.poll(() => shown("runs.json / Workflows / A", "workflow_execution_outcome"), patience).toEqual(expected);
  await expect.poll(() => shown("runs.json / Succeeded / A"), patience).toEqual({ "": 2 });
  await expect.poll(() => shown("runs.json / Failed / A"), patience).toEqual({ "": 1 });
  await expect.poll(() => shown("runs.json / Success rate / A"), patience).toEqual({ "": 2 / 3 });
});

test("runs.json lists the failures of runlight runs", { timeout }, async () => {
  const failed = async (): Promise<readonly unknown[]> =>
    (await queryRecords(stack.loki, queryOf("runs.json / Recent failures / A"))).map(
      ({ labels }) => labels["workflow_execution_id"],
    );
  const expected = runs.filter(({ status }) => status === "failure").map(({ runId }) => runId);
  await expect.poll(failed, patience).toEqual(expected);
});

test("stages.json counts the stages, failures and items of runlight show", { timeout }, async () => {
  const stages = summaries.flatMap((summary) => summary.stages);
  const byStage = (value: (stage: (typeof stages)[number]) => number): Numbers =>
    sumBy(stages, ({ name }) => name, value);
  const times = byStage(({ count }) => count);
  expect(times).toMatchObject({ index: 3, load: 4 });
  await expect
    .poll(() => shown("stages.json / Stages against their baseline / A", operationLabel), patience)
    .toEqual(times);
  await expect
    .poll(() => shown("stages.json / Stages against their baseline / E", operationLabel), patience)
    .toMatchObject({ fit: 1 });
  expect(byStage(({ failed }) => failed)).toMatchObject({ fit: 1 });
  const withItems = Object.fromEntries(
    Object.entries(byStage(({ items }) => items)).filter(([, processed]) => processed > 0),
  );
  await expect.poll(() => shown("stages.json / Items processed / A", operationLabel), patience).toEqual(withItems);
});

test("quality.json counts the checks of runlight show, by outcome", { timeout }, async () => {
  const expected = sumBy(
    summaries.flatMap(({ checks }) => checks),
    ({ name, outcome }) => `${name},${outcome}`,
    () => 1,
  );
  const labels = ["runlight_check_name", "runlight_check_outcome"];
  await expect.poll(() => shown("quality.json / Checks by outcome / A", ...labels), patience).toEqual(expected);
  await expect
    .poll(() => shown("quality.json / Checks / A"), patience)
    .toEqual({
      "": Object.values(expected).reduce((sum, times) => sum + times, 0),
    });
});

test.for([
  ["runs.json / Duration of runs, 90th percentile / A", 0.9, "workflow.execution.duration", "workflow_definition_name"],
  ["stages.json / Duration, median / A", 0.5, "runlight.stage.duration", operationLabel],
  ["stages.json / Duration, 90th percentile / A", 0.9, "runlight.stage.duration", operationLabel],
] as const)("%s is in the bucket of what was recorded", { timeout }, async ([title, share, metric, label]) => {
  const durations =
    metric === "runlight.stage.duration"
      ? Map.groupBy(stageSpans, ({ attributes }) => String(attributes["runlight.operation.name"]))
      : Map.groupBy(runs, ({ workflow }) => workflow);
  const bounds = metrics.find(({ name }) => name === metric)?.buckets ?? [];
  await expect
    .poll(async () => Object.keys(await shown(title, label)).sort(), patience)
    .toEqual([...durations.keys()].sort());
  for (const [name, quantile] of Object.entries(await shown(title, label))) {
    const sorted = (durations.get(name) ?? []).map(({ durationSeconds }) => durationSeconds).sort((a, b) => a - b);
    const recorded = sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
    const above = bounds.findIndex((bound) => recorded <= bound);
    expect(quantile, name).toBeGreaterThanOrEqual(bounds[above - 1] ?? 0);
    expect(quantile, name).toBeLessThanOrEqual(bounds[above] ?? Number.POSITIVE_INFINITY);
  }
});
