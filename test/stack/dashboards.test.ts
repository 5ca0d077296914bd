import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runNode, temporaryDirectory, waitUntil } from "../../packages/testing/src/index.ts";
import { ask, patience } from "./ask.ts";
import { fillIn, readDashboards } from "./dashboard-queries.ts";
import type { LabelVariable } from "./dashboard-queries.ts";
import { createSurroundings, readRun, runFlights, startFlights } from "./flights.ts";
import { buildTimeoutMs, startStack } from "./native-stack.ts";
import type { NativeStack } from "./native-stack.ts";
import { countAnswers } from "./panel-answer.ts";

const timeout = 240_000;
const tools = fileURLToPath(new URL("programs/tools.ts", import.meta.url));
const cleanup = new AsyncDisposableStack();
const home = cleanup.use(temporaryDirectory());
let stack: NativeStack;
let failedRun: string;

const noHistory = "a band is of a week ago";

/** Queries to which these runs give no answer, and why. */
const unanswered: Readonly<Record<string, string>> = {
  "usual.json / Waiting in queues / B": noHistory,
  "usual.json / Waiting in queues / C": noHistory,
  "usual.json / Items processed / B": noHistory,
  "usual.json / Items processed / C": noHistory,
  "usual.json / Failed stages / B": noHistory,
  "usual.json / Failed stages / C": noHistory,
  "pipelines.json / Killed for want of memory, lines left out / A": "no process was killed for want of memory",
  "pipelines.json / Killed for want of memory, lines left out / B": "no process wrote lines too fast to record",
};

beforeAll(async () => {
  stack = cleanup.use(await startStack());
  await runFlights(["--months", "1"], createSurroundings(home, stack, "succeeded"));
  const failed = createSurroundings(home, stack, "failed");
  await runFlights(["--months", "1", "--fail", "fit"], failed);
  failedRun = (await readRun(failed)).summary.runId;
  const { cwd, endpoint } = createSurroundings(home, stack, "tools");
  const { exitCode, stderr } = await runNode(tools, { cwd, env: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } });
  if (exitCode !== 0) throw new Error(stderr);
  // Metrics leave every minute otherwise: that is long for a test.
  const env = { OTEL_METRIC_EXPORT_INTERVAL: "1000" };
  const child = cleanup.use(startFlights(["--slow"], { ...createSurroundings(home, stack, "running"), env }));
  await waitUntil(() => child.stderr.includes("stage load"), patience);
}, buildTimeoutMs);

afterAll(() => cleanup.disposeAsync(), timeout);

/** The values that a variable offers. */
async function valuesOf(
  { selector, label }: LabelVariable,
  chosen: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const match: Readonly<Record<string, string>> = selector === "" ? {} : { "match[]": fillIn(selector, chosen) };
  return (await ask<{ readonly data: readonly string[] }>(`${stack.prometheus}/api/v1/label/${label}/values`, match))
    .data;
}

describe.for(readDashboards())("$file", ({ variables, queries }) => {
  const chosen: Record<string, string> = { __range: "30m", __rate_interval: "1m", __auto: "1m", __interval: "15s" };

  beforeAll(() => {
    chosen["run"] = failedRun;
    for (const { name, all } of variables) chosen[name] = all;
  });

  test("variables offer the services and workflows that ran", { timeout }, async () => {
    const offered = async (name: string): Promise<readonly string[]> => {
      const variable = variables.find((variable) => variable.name === name);
      return variable === undefined ? [] : valuesOf(variable, chosen);
    };
    await expect.poll(() => offered("service"), patience).toEqual(["flights", "tools"]);
    await expect.poll(() => offered("workflow"), patience).toEqual(["imaging", "monthly-processing"]);
  });

  test("every query has an answer", { timeout }, async () => {
    const expected = queries.filter(({ title }) => title in unanswered).map(({ title }) => title);
    const ask = async (): Promise<readonly string[]> => {
      const counts = await Promise.all(
        queries.map(async (query) => {
          const filled = { ...query, expression: fillIn(query.expression, chosen) };
          return { title: query.title, count: await countAnswers(stack, filled) };
        }),
      );
      return counts.filter(({ count }) => count === 0).map(({ title }) => title);
    };
    await expect.poll(ask, patience).toEqual(expected);
  });
});
