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

afterAll(() => {
  const rows = cases.map(({ row, guarantee }) => `| ${row} | ${guarantee} |`);
  if (process.argv.some((argument) => argument.includes("guarantees")))
    console.log(["", "| case | guarantee |", "|---|---|", ...rows, ""].join("\n"));
});
