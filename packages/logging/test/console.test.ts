import { runNode, startOtlpSink } from "@runlight/testing";
import type { NodeChildResult, ReceivedLogRecord } from "@runlight/testing";
import { describe, expect, test } from "vitest";

const inTestDirectory = { cwd: import.meta.dirname };

/** Arguments that run `source` with the package's exports in scope. */
function program(source: string): string[] {
  const index = JSON.stringify(new URL("../dist/index.js", import.meta.url).href);
  return ["--input-type=module", "--eval", `import { createLogger, startConsoleBridge } from ${index};\n${source}`];
}

/** Runs `source` with a real provider, and gives the records that arrived. */
async function recordsOf(source: string): Promise<{ result: NodeChildResult; records: readonly ReceivedLogRecord[] }> {
  await using sink = await startOtlpSink();
  const result = await runNode(
    program(`
      import { logs } from "@opentelemetry/api";
      import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-http";
      import { BatchLogRecordProcessor, LoggerProvider } from "@opentelemetry/sdk-logs";
      const exporter = new OTLPLogExporter({ url: "${sink.url}/v1/logs" });
      const provider = new LoggerProvider({ processors: [new BatchLogRecordProcessor({ exporter })] });
      logs.setGlobalLoggerProvider(provider);
      ${source}
      await provider.shutdown();`),
    inTestDirectory,
  );
  return { result, records: sink.logRecords };
}

function firstLine({ body }: ReceivedLogRecord): string | undefined {
  return typeof body === "string" ? body.split("\n", 1)[0] : undefined;
}

describe("startConsoleBridge()", () => {
  test("startConsoleBridge() records every method with severity, stream and error", async () => {
    const { result, records } = await recordsOf(`
      const bridge = startConsoleBridge();
      console.debug("d");
      console.log("%d rows", 3, { month: 1 });
      console.info("i");
      console.warn("\\u001b[31mw\\u001b[0m");
      console.error("failed", new TypeError("broken"));
      bridge.stop();
      console.log("after");`);
    expect(result.stdout).toBe("d\n3 rows { month: 1 }\ni\nafter\n");
    expect(
      records.map((record) => [
        record.severityNumber,
        record.severityText,
        record.attributes["log.iostream"],
        firstLine(record),
      ]),
    ).toEqual([
      [5, "DEBUG", "stdout", "d"],
      [9, "INFO", "stdout", "3 rows { month: 1 }"],
      [9, "INFO", "stdout", "i"],
      [13, "WARN", "stderr", "w"],
      [17, "ERROR", "stderr", "failed TypeError: broken"],
    ]);
    expect([records[4]?.attributes["exception.type"], records[0]?.scope.name]).toEqual(["TypeError", "console"]);
  });

  test("startConsoleBridge() started twice records once, until both have stopped", async () => {
    const { result, records } = await recordsOf(`
      const { log } = console;
      const first = startConsoleBridge();
      const second = startConsoleBridge();
      console.log("both");
      first.stop();
      first.stop();
      console.log("second");
      second.stop();
      console.log(console.log === log);`);
    expect(result.stdout).toBe("both\nsecond\ntrue\n");
    expect(records.map((record) => record.body)).toEqual(["both", "second"]);
  });

  test("startConsoleBridge() under somebody else's wrapper stops recording and goes on printing", async () => {
    const { result, records } = await recordsOf(`
      const bridge = startConsoleBridge();
      const { log } = console;
      console.log = (...args) => log("wrapped", ...args);
      console.log("one");
      bridge.stop();
      console.log("two");`);
    expect(result.stdout).toBe("wrapped one\nwrapped two\n");
    expect(records.map((record) => record.body)).toEqual(["wrapped one"]);
  });
});

describe("console output", () => {
  test("startConsoleBridge() prints as before, to the same streams, in the same order", async () => {
    const prints =
      'console.log("%s", "a"); console.error("b"); console.table([{ c: 1 }]); console.warn("\\u001b[31md\\u001b[0m");';
    const plain = await runNode(program(prints), inTestDirectory);
    const bridged = await runNode(program(`startConsoleBridge(); ${prints}`), inTestDirectory);
    expect([bridged.stdout, bridged.stderr, bridged.exitCode]).toEqual([plain.stdout, plain.stderr, 0]);
  });

  test("startConsoleBridge() does not record what an exporter prints", async () => {
    const result = await runNode(
      program(`
        import { context, logs } from "@opentelemetry/api";
        import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
        import { BatchLogRecordProcessor, LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
        context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
        const printing = (name) => ({
          export(records, done) { for (const { body } of records) console.log(name, body); done({ code: 0 }); },
          forceFlush: async () => {},
          shutdown: async () => {},
        });
        const provider = new LoggerProvider({ processors: [
          new SimpleLogRecordProcessor({ exporter: printing("simple") }),
          new BatchLogRecordProcessor({ exporter: printing("batch"), scheduledDelayMillis: 1 }),
        ] });
        logs.setGlobalLoggerProvider(provider);
        startConsoleBridge();
        console.log("once");
        for (let flushes = 0; flushes < 5; flushes += 1) await provider.forceFlush();
        await provider.shutdown();`),
      inTestDirectory,
    );
    expect([result.stdout.split("\n"), result.stderr]).toEqual([["once", "simple once", "batch once", ""], ""]);
  });

  test("createLogger() prints a line for people: urgent levels to stderr, the others to stdout", async () => {
    const result = await runNode(
      program(`
        const logger = createLogger({ name: "loader" });
        logger.info("read %s", "2001-01", { rows: 3 });
        logger.warn("late");
        logger.error(new RangeError("too far"));
        logger.debug("hidden");`),
      inTestDirectory,
    );
    expect(result.stdout).toMatch(/^\d\d:\d\d:\d\d\.\d{3} INFO  loader: read 2001-01 \{ rows: 3 \}\n$/);
    expect(result.stderr).toMatch(
      /^\S+ WARN  loader: late\n\S+ ERROR loader: too far\nRangeError: too far\n {4}at [^]*\n$/,
    );
    expect([result.stderr.includes("\u001B"), result.exitCode]).toEqual([false, 0]);
  });

  test("createLogger() has printed and exits when the program exits at once", async () => {
    const result = await runNode(
      program('createLogger({ name: "a" }).info("last words"); process.exit(4)'),
      inTestDirectory,
    );
    expect([result.stdout.includes("last words"), result.exitCode]).toEqual([true, 4]);
  });

  test("createLogger() prints entries as the given format makes them", async () => {
    const result = await runNode(
      program(`
        import winston from "winston";
        const format = winston.format.printf(({ level, message }) => level + "|" + message);
        createLogger({ name: "a", format }).info("plain");`),
      inTestDirectory,
    );
    expect(result.stdout).toBe("info|plain\n");
  });
});
