import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { logs } from "@opentelemetry/api";
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import { temporaryDirectory } from "@runlight/testing";
import { afterAll, beforeEach, expect, test } from "vitest";
import { registerSdk } from "../programs/register-sdk.ts";
import { cases } from "./cases.ts";
import { compileDecorated } from "./compile-decorated.ts";
import type { Surroundings } from "./guarantee-case.ts";
import { describeSpans, durationMs } from "./observe.ts";
import type { ObservableSpan } from "./observe.ts";

const spans: ObservableSpan[] = [];
const records = new InMemoryLogRecordExporter();
const directory = temporaryDirectory();
await compileDecorated(directory.path);
await registerSdk("sdk-3", (span) => void spans.push(span));
logs.setGlobalLoggerProvider(new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter: records })] }));

const surroundings: Surroundings = {
  environment: "sdk-3",
  decorated: async (dialect) =>
    (await import(pathToFileURL(`${directory.path}/decorated-${dialect}.mjs`).href)) as Awaited<
      ReturnType<Surroundings["decorated"]>
    >,
  add: (ended) => void spans.push(...ended),
};

beforeEach(() => {
  spans.length = 0;
  records.reset();
});

test.each(cases.map((entry) => [entry.row, entry] as const))("guarantees() %s", async (_row, entry) => {
  await entry.work(surroundings);
  expect(describeSpans(spans)).toEqual(entry.spans);
  if (entry.lasts !== undefined) expect(durationMs(spans, entry.lasts.span)).toBeGreaterThanOrEqual(entry.lasts.ms);
  const told = records
    .getFinishedLogRecords()
    .filter((record) => record.attributes["exception.message"] !== undefined)
    .map(
      (record) => `${String(record.attributes["exception.type"])}: ${String(record.attributes["exception.message"])}`,
    );
  expect(told).toEqual(entry.exceptions ?? []);
});

const readme = fileURLToPath(new URL("../../../../README.md", import.meta.url));
const table = [
  "| case | guarantee |",
  "| --- | --- |",
  ...cases.map(({ row, guarantee }) => `| ${row} | ${guarantee} |`),
].join("\n");

test("guarantees() are the README's table", () => {
  const [, told = ""] = /<!-- guarantees -->([\s\S]*)<!-- \/guarantees -->/u.exec(readFileSync(readme, "utf8")) ?? [];
  // The formatter pads the columns.
  expect(told.trim().replaceAll(/ +/gu, " ").replaceAll(/-{3,}/gu, "---")).toBe(table);
});

afterAll(() => {
  directory[Symbol.dispose]();
  if (process.env["TEST_ARGUMENTS"]?.includes("guarantees") === true) console.log(`\n${table}\n`);
});
