import { trace } from "@opentelemetry/api";
import { stage, workflow } from "@runlight/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import winston from "winston";
import Transport from "winston-transport";
import { createLogger } from "../src/logger/create-logger.ts";
import { createOpenTelemetryTransport } from "../src/transport/opentelemetry-transport.ts";
import { startTelemetry } from "./telemetry.ts";
import type { Telemetry } from "./telemetry.ts";

let telemetry: Telemetry;

beforeEach(async () => {
  telemetry = await startTelemetry();
});

afterEach(async () => {
  await telemetry[Symbol.asyncDispose]();
});

describe("createLogger()", () => {
  test("createLogger() writes message, level and fields as a log record under its name", async () => {
    const logger = createLogger({ name: "loader", console: false, defaultMeta: { component: "io" } });
    const before = BigInt(Date.now()) * 1_000_000n;
    logger.warn("month is late", { month: "2001-01", rows: 3, nested: { list: [1, "a", { deep: true }] } });
    const [record, ...others] = await telemetry.records();
    expect(others).toEqual([]);
    expect([record?.body, record?.severityNumber, record?.severityText, record?.scope.name]).toEqual([
      "month is late",
      13,
      "WARN",
      "loader",
    ]);
    expect(record?.attributes).toEqual({
      component: "io",
      month: "2001-01",
      rows: 3,
      nested: { list: [1, "a", { deep: true }] },
    });
    expect(Number(record!.timeUnixNano - before)).toBeGreaterThanOrEqual(-2_000_000);
    expect([record?.traceId, record?.spanId]).toEqual(["", ""]);
  });

  test("createLogger() puts run, stage and span on records logged inside them, whatever the fields say", async () => {
    const logger = createLogger({ name: "loader", console: false });
    const inside = await workflow("monthly", async () => {
      await Promise.resolve();
      return stage("load", () => {
        logger.info("read", { "workflow.execution.id": "mine", rows: 3 });
        return trace.getActiveSpan()?.spanContext();
      });
    });
    const record = (await telemetry.records()).find((each) => each.scope.name === "loader");
    const { "workflow.execution.id": runId, ...attributes } = record?.attributes ?? {};
    expect(runId).toMatch(/^\d{8}_\d{6}-[0-9a-f]{8}$/);
    expect(attributes).toEqual({ "workflow.definition.name": "monthly", "runlight.stage.name": "load", rows: 3 });
    expect([record?.traceId, record?.spanId]).toEqual([inside?.traceId, inside?.spanId]);
  });

  test("createLogger() has critical, which is FATAL, above the levels of npm", async () => {
    const logger = createLogger({ name: "levels", console: false, level: "silly" });
    logger.critical("c");
    for (const level of ["error", "warn", "info", "http", "verbose", "debug", "silly"]) logger.log(level, level[0]);
    const records = await telemetry.records();
    expect(records.map((record) => [record.body, record.severityNumber])).toEqual([
      ["c", 21],
      ["e", 17],
      ["w", 13],
      ["i", 9],
      ["h", 6],
      ["v", 5],
      ["d", 5],
      ["s", 1],
    ]);
  });

  test("createLogger() writes levels from `level` on, and follows its change", async () => {
    const logger = createLogger({ name: "levels", console: false });
    logger.debug("not told");
    logger.level = "debug";
    logger.debug("told");
    expect((await telemetry.records()).map((record) => record.body)).toEqual(["told"]);
  });

  test("createLogger() fills in %s and keeps what follows as fields", async () => {
    createLogger({ name: "splat", console: false }).info("%d of %s", 3, "12", { unit: "month" });
    const [record] = await telemetry.records();
    expect([record?.body, record?.attributes]).toEqual(["3 of 12", { unit: "month" }]);
  });

  test.each([
    ["as the entry", (logger: winston.Logger, error: Error) => logger.error(error)],
    ["after a message", (logger: winston.Logger, error: Error) => logger.error("cannot read", error)],
    ["as a field", (logger: winston.Logger, error: Error) => logger.error("cannot read", { error })],
    ["as `err`", (logger: winston.Logger, error: Error) => logger.error("cannot read", { err: error })],
    [
      "as the message",
      (logger: winston.Logger, error: Error) => logger.log({ level: "error", message: error as never }),
    ],
    ["through a child", (logger: winston.Logger, error: Error) => logger.child({}).error(error)],
  ])("createLogger() tells an error %s as exception.*", async (_name, log) => {
    class DiskError extends Error {
      override name = "DiskError";
    }
    const error = new DiskError("no space", { cause: new RangeError("quota") });
    log(createLogger({ name: "errors", console: false }), error);
    const [record] = await telemetry.records();
    const { "exception.stacktrace": stacktrace, ...attributes } = record?.attributes ?? {};
    expect(record?.body).toMatch(/^(cannot read( no space)?|no space)$/);
    expect(attributes["exception.message"]).toBe("no space");
    expect(stacktrace).toMatch(/no space\n {4}at /);
    expect(attributes["exception.type"]).toMatch(_name === "through a child" ? /^(DiskError|Error)$/ : /^DiskError$/);
  });

  test("createLogger() survives fields that cannot be written", async () => {
    const circular: Record<string, unknown> = { name: "loop" };
    circular["self"] = circular;
    const hostile = Object.defineProperty({}, "secret", {
      enumerable: true,
      get() {
        throw new Error("no");
      },
    });
    const logger = createLogger({ name: "hostile", console: false });
    logger.info("circular", { circular });
    logger.info("getter", { hostile });
    expect(logger.info("getter of the fields themselves", hostile)).toBe(logger);
    logger.info("after");
    const records = await telemetry.records();
    expect(records.map((record) => [record.body, record.attributes])).toEqual([
      ["circular", { circular: { name: "loop", self: "[circular]" } }],
      ["getter", { hostile: { secret: "[unreadable]" } }],
      ["after", {}],
    ]);
  });

  test("createLogger() survives a format that throws and a logger that has ended", async () => {
    const format = winston.format((entry) => {
      if (entry.message === "bad") throw new Error("format");
      return entry;
    });
    const logger = createLogger({ name: "format", console: false, format: format() });
    logger.info("bad");
    logger.info("good");
    logger.end();
    logger.info("too late");
    expect((await telemetry.records()).map((record) => record.body)).toEqual(["good"]);
  });

  test("createLogger() refuses a name and a level that mean nothing", () => {
    expect(() => createLogger({ name: "" })).toThrow(
      new TypeError('Cannot create logger: name must be a text that is not empty, current value is ""'),
    );
    expect(() => createLogger({ name: "a", level: "loud", levels: { error: 0, info: 1 } })).toThrow(
      new RangeError('Cannot create logger: level must be one of error, info, current value is "loud"'),
    );
  });
});

describe("createOpenTelemetryTransport()", () => {
  test("createOpenTelemetryTransport() serves a user's own logger after its format, without its colours", async () => {
    const logger = winston.createLogger({
      levels: winston.config.syslog.levels,
      format: winston.format.combine(winston.format.colorize({ all: true }), winston.format.json()),
      transports: [createOpenTelemetryTransport({ name: "own" })],
    });
    winston.addColors(winston.config.syslog.colors);
    logger.emerg("fire", { room: 7 });
    const [record] = await telemetry.records();
    expect([
      record?.body,
      record?.severityNumber,
      record?.severityText,
      record?.attributes,
      record?.scope.name,
    ]).toEqual(["fire", 23, "EMERG", { room: 7 }, "own"]);
  });

  test("createOpenTelemetryTransport() keeps the operation an entry was logged in while another transport is slow", async () => {
    const waiting: (() => void)[] = [];
    class SlowTransport extends Transport {
      override log(_entry: unknown, next: () => void): void {
        waiting.push(next);
      }
    }
    const slow = new SlowTransport({ highWaterMark: 1 } as never);
    const logger = winston.createLogger({ transports: [slow, createOpenTelemetryTransport()] });
    workflow("first", () => {
      for (let index = 0; index < 4; index += 1) logger.info(`first ${index}`);
    });
    await workflow("second", async () => {
      while (waiting.length > 0) {
        waiting.shift()?.();
        await new Promise(setImmediate);
      }
    });
    const records = (await telemetry.records()).filter((record) => record.scope.name === "winston");
    expect(records.map((record) => [record.body, record.attributes["workflow.definition.name"]])).toEqual(
      [0, 1, 2, 3].map((index) => [`first ${index}`, "first"]),
    );
  });
});
