import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openFlightFile } from "../../examples/flights/src/data/flight-file.ts";
import { temporaryDirectory, waitUntil } from "../../packages/testing/src/index.ts";
import { root } from "../workspace/root.ts";
import { patience } from "./ask.ts";
import { askRunlight, createSurroundings, readRun, runFlights, startFlights } from "./flights.ts";
import type { Surroundings } from "./flights.ts";
import { queryRecords } from "./loki.ts";
import { buildTimeoutMs, startStack } from "./native-stack.ts";
import type { NativeStack } from "./native-stack.ts";
import { queryValues } from "./prometheus.ts";
import { expectExemplars, expectSameNumbers, expectSameRecords, expectSameSpans } from "./same-answers.ts";
import type { ShippedRun } from "./same-answers.ts";
import { readTrace, searchTraces } from "./tempo.ts";
import type { TempoSpan } from "./tempo.ts";

const timeout = 180_000;
const cleanup = new AsyncDisposableStack();
const home = cleanup.use(temporaryDirectory());
let stack: NativeStack;

beforeAll(async () => {
  stack = cleanup.use(await startStack());
}, buildTimeoutMs);

afterAll(() => cleanup.disposeAsync(), timeout);

/** Runs the whole example, with the Collector at work all the time. */
async function runWithCollector(surroundings: Surroundings): Promise<void> {
  expect((await runFlights([], surroundings)).exitCode).toBe(0);
}

/** Runs the whole example while nobody listens, and ships when the Collector is back. */
async function runWithoutCollector(surroundings: Surroundings): Promise<void> {
  await stack.stop("collector");
  expect((await runFlights([], surroundings)).exitCode).toBe(0);
  await stack.up();
  const { signals } = JSON.parse(await askRunlight(["ship", "--json"], surroundings)) as {
    readonly signals: readonly { readonly shipped: number }[];
  };
  expect(signals.every(({ shipped }) => shipped > 0)).toBe(true);
}

/** Months that the example's file covers in full, all of which are processed. */
const months = 6;
const stages = ["index", "load", "validate", "aggregate", "fit", "write", "data-quality"];

describe.for([
  ["a run with the Collector at work", "undisturbed", runWithCollector],
  ["a run while the Collector was down, shipped afterwards", "outage", runWithoutCollector],
] as const)("%s", ([, instance, record]) => {
  let run: ShippedRun;

  beforeAll(async () => {
    const surroundings = createSurroundings(home, stack, instance);
    await record(surroundings);
    run = { ...(await readRun(surroundings)), instance };
  }, timeout);

  test("Tempo has the trace with every span of the spool", { timeout }, () => expectSameSpans(stack, run));

  test("Tempo has the tree of the workflow, its stages and their kernels", { timeout }, async () => {
    const spans = await readTrace(stack.tempo, run.summary.traceId);
    const workflow = `workflow ${run.summary.workflow}`;
    const ofStages = stages.map((name) => [
      `${workflow} / stage ${name}`,
      name === "index" || name === "data-quality" ? 1 : months,
    ]);
    const ofKernels = run.summary.kernels.map(({ name, count }) => [`${workflow} / stage fit / kernel ${name}`, count]);
    expect(countPaths(spans)).toEqual(Object.fromEntries([[workflow, 1], ...ofStages, ...ofKernels]));
  });

  test("Tempo finds the trace by the run's id", { timeout }, async () => {
    const query = `{ span.workflow.execution.id = "${run.summary.runId}" && span.runlight.operation.kind = "workflow" }`;
    await expect.poll(() => searchTraces(stack.tempo, query), patience).toEqual([run.summary.traceId]);
  });

  test("Loki has the records by run id, trace id and event name", { timeout }, () => expectSameRecords(stack, run));

  test("Prometheus has the numbers of runlight show", { timeout }, () => expectSameNumbers(stack, run));

  test("Prometheus leads by exemplars from durations to the trace in Tempo", { timeout }, () =>
    expectExemplars(stack, run),
  );

  test("Prometheus counts as many rows as the file has", { timeout }, async () => {
    const { rowCount } = await openFlightFile(join(root, "node_modules/vega-datasets/data/flights-3m.parquet"));
    const query = `sum(last_over_time(runlight_items_processed_total{service_instance_id="${instance}"}[1h]))`;
    expect(await queryValues(stack.prometheus, query)).toEqual({ "": rowCount });
    expect(run.summary.items).toMatchObject([{ unit: "row", processed: rowCount }]);
  });
});

describe("a run that was killed", () => {
  let run: ShippedRun;

  beforeAll(async () => {
    const surroundings = createSurroundings(home, stack, "killed");
    await using child = startFlights(["--months", "6", "--slow"], surroundings);
    await waitUntil(() => child.stderr.includes("stage load"), patience);
    // Held still while it is looked at, so that it is killed within a stage and not between two.
    await waitUntil(async () => {
      child.kill("SIGSTOP");
      if ((await readRun(surroundings)).summary.open.length === 2) return true;
      child.kill("SIGCONT");
      return false;
    }, patience);
    child.kill("SIGKILL");
    await child.ended;
    await askRunlight(["recover"], surroundings);
    await askRunlight(["ship"], surroundings);
    run = { ...(await readRun(surroundings)), instance: "killed" };
  }, timeout);

  test("Tempo has what ended, and what was open closed as lost", { timeout }, async () => {
    const { status, open } = run.summary;
    expect([status, open[0], open.length]).toEqual(["lost", `workflow ${run.summary.workflow}`, 2]);
    await expectSameSpans(stack, run);
    const spans = await readTrace(stack.tempo, run.summary.traceId);
    const lost = spans.filter(({ attributes }) => attributes["runlight.operation.lost"] === true);
    expect(lost.map(({ name, status }) => `${name}: ${status}`).sort()).toEqual(
      open.map((name) => `${name}: error`).toSorted(),
    );
  });

  test("Loki has the records up to the kill, and that run and stage are lost", { timeout }, async () => {
    await expectSameRecords(stack, run);
    const lost = await queryRecords(
      stack.loki,
      `{service_name="flights"} | workflow_execution_id="${run.summary.runId}" | severity_text="ERROR"`,
    );
    expect(lost.map(({ labels }) => String(labels["event_name"])).sort()).toEqual(["stage.lost", "workflow.lost"]);
  });
});

/** How many spans stand at each place of the tree, written as the names from the root. */
function countPaths(spans: readonly TempoSpan[]): Readonly<Record<string, number>> {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const pathOf = ({ name, parentSpanId }: TempoSpan): string => {
    if (parentSpanId === undefined) return name;
    const parent = byId.get(parentSpanId);
    return `${parent === undefined ? "(missing)" : pathOf(parent)} / ${name}`;
  };
  const counts: Record<string, number> = {};
  for (const span of spans) counts[pathOf(span)] = (counts[pathOf(span)] ?? 0) + 1;
  return counts;
}
