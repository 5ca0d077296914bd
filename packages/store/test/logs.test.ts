import { join } from "node:path";
import { temporaryDirectory } from "@runlight/testing";
import { expect, test } from "vitest";
import { openStore } from "../src/open-store.ts";
import type { LogQuery } from "../src/query/run-query.ts";
import { appendLogs, appendSpans, openRecordedSpool, recordedTraceId } from "./support/record-process.ts";
import { runAttributes, wholeRun } from "./support/recorded-run.ts";

const start = Date.UTC(2026, 10, 22, 14, 25, 1);
const runId = "20261122_142501-00000001";
const inLoad = { ...runAttributes(runId), "runlight.stage.name": "load" };
const otherTrace = "11111111111111111111111111111111";

const directory = temporaryDirectory();
const spool = openRecordedSpool(join(directory.path, "spool"), 4711, "2026-11-22T14:25:00.000Z");
const [started, stageStarted, stageEnded, ended] = wholeRun(runId, start);
appendLogs(spool, [
  started!,
  stageStarted!,
  { at: start + 1100, body: "reading Rows", attributes: inLoad },
  { at: start + 1200, severity: 5, body: { rows: 12 }, attributes: inLoad },
  { at: start + 1300, severity: 13, body: "slow disk", attributes: inLoad },
  { at: start + 1400, severity: 0, body: "no level" },
  { at: start + 1500, body: "another run", attributes: runAttributes("20261122_142501-00000002") },
  { at: start + 1600, body: "another trace", trace: otherTrace },
  {
    at: start + 1700,
    severity: 17,
    body: "broke",
    attributes: { ...inLoad, "exception.type": "TypeError", "exception.message": "x is not a number" },
  },
  stageEnded!,
  ended!,
]);
appendSpans(spool, [
  {
    name: "stage load",
    start: start + 1000,
    end: start + 3000,
    span: "00f067aa0ba902b7",
    attributes: runAttributes(runId),
  },
  { name: "GET", start: start + 1100, end: start + 1101.5, span: "00f067aa0ba902b8" },
  { name: "foreign", start, end: start, span: "00f067aa0ba902b9", trace: otherTrace },
]);
spool.close("ended");
const store = openStore(directory.path);
const run = store.runs()[1]!;

const bodies = (query: LogQuery = {}): readonly unknown[] => [...store.logs(run, query)].map(({ body }) => body);

test("logs() gives the run's records, those without a run id in its trace, and no others", () => {
  expect(run.runId).toBe(runId);
  expect(bodies()).toEqual([
    "workflow monthly-processing started",
    "stage load started",
    "reading Rows",
    { rows: 12 },
    "slow disk",
    "no level",
    "broke",
    "stage load completed",
    "workflow monthly-processing completed",
  ]);
});

test("logs() says all of a record", () => {
  expect([...store.logs(run, { search: "slow" })]).toEqual([
    {
      time: "2026-11-22T14:25:02.300Z",
      timeUnixNano: "1795357502300000000",
      level: "warn",
      severityNumber: 13,
      eventName: undefined,
      stage: "load",
      body: "slow disk",
      attributes: inLoad,
      traceId: recordedTraceId,
      spanId: "b7ad6b7169203331",
      scope: "@runlight/core",
      service: "flights",
      host: "beam-04",
      pid: 4711,
    },
  ]);
});

test.each<[string, LogQuery, readonly unknown[]]>([
  ["a stage", { stage: "load", level: "warn" }, ["slow disk", "broke"]],
  ["a stage that is not there", { stage: "fit" }, []],
  ["a level", { level: "error" }, ["broke"]],
  ["text in the body", { search: "ROWS" }, ["reading Rows", { rows: 12 }]],
  ["text in an exception", { search: "not a number" }, ["broke"]],
  ["an event", { search: "stage.comp" }, ["stage load completed"]],
  ["the last", { tail: 2 }, ["stage load completed", "workflow monthly-processing completed"]],
  ["the last of a level", { tail: 1, level: "warn" }, ["broke"]],
  ["as many as there are", { tail: 9, search: "slow" }, ["slow disk"]],
])("logs() chooses %s", (_what, query, expected) => {
  expect(bodies(query)).toEqual(expected);
});

test("logs() counts a record without a level as info", () => {
  expect(bodies({ level: "info" })).toContain("no level");
  expect(bodies({ level: "warn" })).not.toContain("no level");
});

test("spans() gives the run's spans and those of its trace", () => {
  expect([...store.spans(run)].map(({ name, durationSeconds }) => ({ name, durationSeconds }))).toEqual([
    { name: "stage load", durationSeconds: 2 },
    { name: "GET", durationSeconds: 0.0015 },
  ]);
});
