import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { context, logs, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { afterAll, beforeEach, expect, test } from "vitest";
import { cases } from "./cases.ts";
import { describeSpans, durationMs } from "./observe.ts";

const spans = new InMemorySpanExporter();
const records = new InMemoryLogRecordExporter();
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] }));
logs.setGlobalLoggerProvider(new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter: records })] }));

beforeEach(() => {
  spans.reset();
  records.reset();
});

test.each(cases.map((entry) => [entry.row, entry] as const))("guarantees() %s", async (_row, entry) => {
  await entry.work();
  const ended = spans.getFinishedSpans();
  expect(describeSpans(ended)).toEqual(entry.spans);
  if (entry.lasts !== undefined) expect(durationMs(ended, entry.lasts.span)).toBeGreaterThanOrEqual(entry.lasts.ms);
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
  if (process.argv.some((argument) => argument.includes("guarantees"))) console.log(`\n${table}\n`);
});
