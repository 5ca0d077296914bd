import { readFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryDirectory, waitUntil } from "@runlight/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { identifyProcess } from "../../../src/stack/process-identity.ts";
import { readStatus, runStack } from "../run-stack.ts";
import { buildStack, buildTimeoutMs } from "./built-stack.ts";
import { sendProbe } from "./probe.ts";

const portOffset = 14_000;
const endpoint = `http://127.0.0.1:${4318 + portOffset}`;
const tempo = `http://127.0.0.1:${3200 + portOffset}`;
const loki = `http://127.0.0.1:${3100 + portOffset}`;
const prometheus = `http://127.0.0.1:${9090 + portOffset}`;
const timeout = 600_000;
/** The backends take seconds until a search sees new data, and on a busy machine many. */
const patience = { timeoutMs: 180_000, intervalMs: 200 };
const dayMs = 24 * 60 * 60_000;

const home = temporaryDirectory();
const directory = home.path;

beforeAll(async () => {
  await buildStack();
  const { exitCode, stderr } = await runStack(["up", "--port-offset", String(portOffset)], { directory });
  if (exitCode !== 0) throw new Error(stderr);
}, buildTimeoutMs);

afterAll(async () => {
  await runStack(["down"], { directory });
  home[Symbol.dispose]();
}, timeout);

interface LokiStream {
  readonly stream: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [string, string])[];
}

interface PrometheusSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [number, string])[];
}

async function query<Answer>(url: string, parameters: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const response = await fetch(`${url}?${new URLSearchParams(parameters).toString()}`);
  return (await response.json()) as Answer;
}

async function queryLogs(expression: string, timeMs: number): Promise<readonly LokiStream[]> {
  const range = { start: `${timeMs - 60_000}000000`, end: `${timeMs + 60_000}000000` };
  const url = `${loki}/loki/api/v1/query_range`;
  return (await query<{ data: { result: LokiStream[] } }>(url, { query: expression, ...range })).data.result;
}

async function querySeries(expression: string, timeMs: number): Promise<readonly PrometheusSeries[]> {
  const parameters = { query: expression, time: String(timeMs / 1_000) };
  return (await query<{ data: { result: PrometheusSeries[] } }>(`${prometheus}/api/v1/query`, parameters)).data.result;
}

async function searchTraces(expression: string, timeMs: number): Promise<readonly string[]> {
  const range = { start: String(Math.floor(timeMs / 1_000) - 60), end: String(Math.ceil(timeMs / 1_000) + 60) };
  const { traces = [] } = await query<{ traces?: { traceID: string }[] }>(`${tempo}/api/search`, {
    q: expression,
    ...range,
  });
  // Tempo writes ids without their leading zeros.
  return traces.map(({ traceID }) => traceID.padStart(32, "0"));
}

test("agent.yaml starts the Collector without a warning, so no name or setting is on its way out", () => {
  const log = readFileSync(join(directory, ".runlight/stack/logs/collector.log"), "utf8");
  expect(log.split("\n").filter((line) => /\t(?:warn|error)\t|deprecat/i.test(line))).toEqual([]);
});

test(
  "agent.yaml passes a trace, its records and its metrics on, with secrets masked and event names kept",
  { timeout },
  async () => {
    const timeMs = Date.now();
    const traceId = await sendProbe({ endpoint, service: "now", timeMs });

    const trace = await waitUntil(async () => {
      const response = await fetch(`${tempo}/api/traces/${traceId}`);
      return response.status === 200 ? response.text() : undefined;
    }, patience);
    expect(trace).toContain('{"key":"db.password","value":{"stringValue":"****"}}');
    expect(trace).toContain('{"key":"rows.token_count","value":{"stringValue":"7"}}');
    await waitUntil(
      async () => (await searchTraces('{ .runlight.operation.kind = "workflow" }', timeMs)).length === 1,
      patience,
    );

    const selector = `{service_name="now", service_namespace="probes", deployment_environment_name="test"} | trace_id="${traceId}"`;
    await waitUntil(async () => (await queryLogs(selector, timeMs)).length === 3, patience);
    const lines = async (filter: string): Promise<readonly string[]> =>
      (await queryLogs(`${selector} ${filter}`, timeMs)).flatMap((stream) => stream.values.map(([, line]) => line));
    expect(await lines('| event_name="stage.completed"')).toEqual(["plain"]);
    expect(await lines('| event_name="mine"')).toEqual(["own"]);
    expect(await lines('| event_name=""')).toEqual(["sent with ****"]);

    // The first value of a counter stands against a zero at its start, so an increase is seen at once.
    const [errors] = await waitUntil(async () => {
      const found = await querySeries("probe_errors_total[5m]", Date.now());
      return found.length > 0 ? found : undefined;
    }, patience);
    expect(errors?.values.map(([, value]) => value)).toEqual(["0", "1"]);
    expect(errors?.metric).toMatchObject({
      service_name: "now",
      service_namespace: "probes",
      service_instance_id: "instance-1",
      deployment_environment_name: "test",
      workflow_definition_name: "monthly",
    });
    const exemplars = await query<{ data: { exemplars: { labels: { trace_id: string } }[] }[] }>(
      `${prometheus}/api/v1/query_exemplars`,
      { query: "probe_duration_seconds_bucket", start: String(timeMs / 1_000 - 60), end: String(timeMs / 1_000 + 60) },
    );
    expect(exemplars.data.flatMap((series) => series.exemplars.map((exemplar) => exemplar.labels.trace_id))).toEqual([
      traceId,
    ]);
  },
);

test("Tempo makes span metrics of foreign spans and none of operations", { timeout }, async () => {
  await sendProbe({ endpoint, service: "generator", timeMs: Date.now() });
  const calls = await waitUntil(async () => {
    const found = await querySeries('traces_spanmetrics_calls_total{service="generator"}', Date.now());
    return found.length > 0 ? found : undefined;
  }, patience);
  expect(calls.map((series) => series.metric["span_name"])).toEqual(["GET /"]);
});

test("agent.yaml lets what is shipped thirteen days late be stored and found by its time", { timeout }, async () => {
  await sendProbe({ endpoint, service: "late", timeMs: Date.now() });
  const timeMs = Date.now() - 13 * dayMs;
  const traceId = await sendProbe({ endpoint, service: "late", timeMs });
  await waitUntil(
    async () => (await queryLogs(`{service_name="late"} | trace_id="${traceId}"`, timeMs)).length === 3,
    patience,
  );
  await waitUntil(
    async () => (await querySeries('probe_errors_total{service_name="late"}', timeMs)).length === 1,
    patience,
  );
  const byTime = (): Promise<boolean> =>
    searchTraces('{ resource.service.name = "late" }', timeMs).then((found) => found.includes(traceId));
  await waitUntil(byTime, patience);
});

test("agent.yaml keeps what was answered through a kill while Loki is down", { timeout }, async () => {
  const { status } = await readStatus({ directory });
  const kill = async (name: string): Promise<void> => {
    const { pid } = status.parts.find((part) => part.name === name)!;
    process.kill(pid!, "SIGKILL");
    await waitUntil(() => identifyProcess(pid!) === undefined);
  };
  await kill("loki");
  const timeMs = Date.now();
  const traceId = await sendProbe({ endpoint, service: "outage", timeMs });
  await kill("collector");
  expect((await runStack(["up"], { directory })).exitCode).toBe(0);
  await waitUntil(
    async () => (await queryLogs(`{service_name="outage"} | trace_id="${traceId}"`, timeMs)).length === 3,
    patience,
  );
});
