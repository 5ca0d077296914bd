import { SeverityNumber } from "@opentelemetry/api";
import { LoggerProvider } from "@opentelemetry/sdk-logs";
import { events } from "@runlight/conventions";
import { expect, test } from "vitest";
import { createLogRecordProcessor, encodeLogRecord } from "../../src/pipeline/log-record-processor.ts";
import { createSignalWriter } from "../../src/pipeline/signal-writer.ts";
import { createRedactor } from "../../src/redaction/redactor.ts";
import { createCollectingStore } from "./collecting-store.ts";

function setUp() {
  const store = createCollectingStore();
  const redactor = createRedactor(["patient.*"]);
  const writer = createSignalWriter({
    signal: "logs",
    store,
    encode: (record: Parameters<typeof encodeLogRecord>[0]) => encodeLogRecord(record, redactor),
    onFailure: () => {},
  });
  const logger = new LoggerProvider({ processors: [createLogRecordProcessor(writer)] }).getLogger("test");
  return { store, logger };
}

test("createLogRecordProcessor() writes a record with secrets taken out of body and attributes", () => {
  const { store, logger } = setUp();
  logger.emit({
    severityNumber: SeverityNumber.WARN,
    body: { text: "password=hunter2", nested: [{ "patient.name": "A. B." }] },
    attributes: { token: "t", rows: 3 },
  });
  expect(store.appended.flatMap((request) => request.logRecords)).toMatchObject([
    {
      severityNumber: 13,
      body: { text: "password=[redacted]", nested: [{ "patient.name": "[redacted]" }] },
      attributes: { token: "[redacted]", rows: 3 },
    },
  ]);
});

test("createLogRecordProcessor() takes secrets out of an exception's message and stack", () => {
  const { store, logger } = setUp();
  logger.emit({ exception: new Error("Cannot reach postgres://ana:hunter2@db") });
  const [record] = store.appended.flatMap((request) => request.logRecords);
  expect(record?.attributes["exception.message"]).toBe("Cannot reach postgres://ana:[redacted]@db");
  expect(record?.attributes["exception.stacktrace"]).not.toContain("hunter2");
});

const prompt = events
  .map((event) => event.name)
  .filter(
    (name) =>
      /^(workflow|stage|pipeline)\.(started|completed|failed|lost|queued|summary|walltime_near)$/.test(name) ||
      name === "exception",
  );

test.each([...events.map((event) => event.name), "user.event", undefined])(
  "createLogRecordProcessor() writes event %s as soon as the promise says",
  (eventName) => {
    const { store, logger } = setUp();
    logger.emit(eventName === undefined ? { body: "x" } : { eventName });
    expect(store.appended.map((request) => request.urgency)).toEqual([
      eventName !== undefined && prompt.includes(eventName) ? "prompt" : "batched",
    ]);
  },
);

test("createLogRecordProcessor() promises fifteen events and the exception", () => {
  expect(prompt.length).toBe(16);
});
