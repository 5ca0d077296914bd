import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryDirectory } from "@runlight/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { execNode, execShell, inRun } from "./support/run-exec.ts";
import { startTelemetry } from "./support/telemetry.ts";
import type { Telemetry } from "./support/telemetry.ts";

let telemetry: Telemetry;
beforeEach(async () => {
  telemetry = await startTelemetry();
});
afterEach(() => telemetry[Symbol.asyncDispose]());

const bodies = async (): Promise<readonly unknown[]> => (await telemetry.lines()).map(({ body }) => body);

describe("exec() records", () => {
  test("exec() records lines of both streams in the order they come, inside the pipeline and the run", async () => {
    using directory = temporaryDirectory();
    const logFile = join(directory.path, "own.log");
    // The next line comes when the one before has been read: else the two pipes have no order.
    const source = `
      say() { echo "$1"; until grep -qs "$1" "$LOG"; do sleep 0.01; done; }
      for i in 1 2 3; do say "out $i"; say "err $i" >&2; done
      printf partial`;
    const runId = await inRun(async (id) => {
      await execShell(source, { logFile, env: { LOG: logFile } });
      return id;
    });
    const lines = await telemetry.lines();
    expect(lines.map(({ body, attributes }) => [attributes["log.iostream"], body])).toEqual([
      ["stdout", "out 1"],
      ["stderr", "err 1"],
      ["stdout", "out 2"],
      ["stderr", "err 2"],
      ["stdout", "out 3"],
      ["stderr", "err 3"],
      ["stdout", "partial"],
    ]);
    const { spanId, traceId } = await telemetry.span("pipeline sh");
    for (const line of lines) {
      expect([line.traceId, line.spanId, line.severityText, line.severityNumber]).toEqual([traceId, spanId, "INFO", 9]);
      expect(line.attributes).toEqual({
        "log.iostream": line.attributes["log.iostream"],
        "workflow.execution.id": runId,
        "workflow.definition.name": "nightly",
        "runlight.pipeline.name": "sh",
      });
    }
    const times = lines.map(({ timeUnixNano }) => timeUnixNano);
    expect(times).toEqual(times.toSorted((one, other) => Number(one - other)));
  });

  test("exec() records stderr as warnings where it is asked to", async () => {
    await execShell("echo careful >&2; echo fine", { stderrSeverity: "WARN" });
    const severities = (await telemetry.lines()).map(({ body, severityText }) => [body, severityText]);
    expect(Object.fromEntries(severities)).toEqual({ careful: "WARN", fine: "INFO" });
  });

  test("exec() cuts a line above 64 KiB, and says how long it was", async () => {
    await execNode("console.log('x'.repeat(65536)); console.log('y'.repeat(65537)); console.log('end')");
    expect((await telemetry.lines()).map(({ body, attributes }) => [(body as string).length, attributes])).toEqual([
      [65_536, { "log.iostream": "stdout", "runlight.pipeline.name": "node" }],
      [65_536, { "log.iostream": "stdout", "runlight.pipeline.name": "node", "runlight.line.size": 65_537 }],
      [3, { "log.iostream": "stdout", "runlight.pipeline.name": "node" }],
    ]);
  });

  test("exec() marks what is no UTF-8, and keeps characters whole that come in two parts", async () => {
    await execNode(`
      const write = (bytes) => new Promise((done) => process.stdout.write(Buffer.from(bytes), done));
      await write([0xff, 0xfe, 0x00, 0x0a]);
      const [first, ...rest] = Buffer.from("€\\n");
      await write([first]);
      await new Promise((done) => setTimeout(done, 50));
      await write(rest);`);
    expect(
      (await telemetry.lines()).map(({ body, attributes }) => [body, attributes["runlight.line.replaced"]]),
    ).toEqual([
      ["\uFFFD\uFFFD\u0000", true],
      ["€", undefined],
    ]);
  });

  test("exec() records of a progress bar the first state and the last, not the hundreds between", async () => {
    const result = await execNode(
      "for (let i = 0; i <= 500; i += 1) process.stderr.write(`\\r${i / 5}%`); process.stderr.write('\\ndone\\r\\n')",
    );
    expect(await bodies()).toEqual(["0%", "100%", "done"]);
    expect(result.stderr).toMatchObject({ lines: 2, unrecordedLines: 0 });
  });

  test("exec() records no more lines than its bound, counts the others and says so once", async () => {
    const result = await execNode("for (let i = 0; i < 100; i += 1) console.log(i); console.error('last')", {
      maxLinesPerSecond: 1,
    });
    const unrecorded = result.stdout.unrecordedLines + result.stderr.unrecordedLines;
    expect((await telemetry.lines()).length + unrecorded).toBe(101);
    // The first ten at once, then one a second: a busy machine takes seconds to read them.
    expect(unrecorded).toBeGreaterThan(50);
    const told = (await telemetry.said()).filter(({ severityText }) => severityText === "WARN");
    expect(told.map(({ body }) => body)).toEqual([
      `output is not complete: ${result.stdout.unrecordedLines} lines of stdout and ${result.stderr.unrecordedLines} of stderr are no log records: they came faster than 1 lines or 262144 bytes a second`,
    ]);
    expect(await telemetry.sum("runlight.process.output.unrecorded")).toBe(unrecorded);
    expect((await telemetry.span("pipeline node")).attributes["runlight.process.output.unrecorded"]).toBe(unrecorded);
  });

  test("exec() gives the last 64 KiB of each stream, and 8 KiB of a failure to its record", async () => {
    const result = await execNode(
      "process.stdout.write('a'.repeat(100_000) + 'b'.repeat(65_535)); process.stderr.write('e'.repeat(9000)); process.exitCode = 1",
      { reject: false },
    );
    expect(result.stdout.tail).toBe(`a${"b".repeat(65_535)}`);
    expect(result.stdout.sizeBytes).toBe(165_535);
    const [failed] = await telemetry.events("pipeline.failed");
    expect(failed?.attributes["runlight.process.stdout.tail"]).toBe("b".repeat(8192));
    expect(failed?.attributes["runlight.process.stderr.tail"]).toBe("e".repeat(8192));
  });
});

describe("exec() gives pipes", () => {
  test("exec() gives streams that can be opened again by name, as a shell does", async () => {
    const result = await execShell("echo named > /dev/stderr; readlink /proc/self/fd/1; echo more > /dev/stdout");
    expect(result.stderr.tail).toBe("named\n");
    expect(result.stdout.tail).toMatch(/^(?!socket:).*\nmore\n$/);
  });

  test("exec() takes all of it where the command ends before it is read", async () => {
    using directory = temporaryDirectory();
    const result = await execShell("head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2", {
      logFile: join(directory.path, "own.log"),
    });
    expect([result.stdout.sizeBytes, result.stderr.sizeBytes]).toEqual([3_000_000, 3_000_000]);
    expect(statSync(join(directory.path, "own.log")).size).toBe(6_000_000);
  });
});

describe("exec() keeps", () => {
  test("exec() keeps output as it came in one file for each command of a run", async () => {
    using directory = temporaryDirectory();
    const [runId, first, second] = await inRun(async (id) => [
      id,
      await execShell("printf 'a\\r\\n\\377b'; printf c >&2", { directory: directory.path, name: "fit model/1" }),
      await execShell("echo again", { directory: directory.path, name: "fit model/1" }),
    ]);
    const path = (number: number): string => join(directory.path, "runs", runId, `fit_model_1-${number}.log`);
    expect([first.logFile, second.logFile]).toEqual([path(1), path(2)]);
    expect(readFileSync(path(1), "latin1")).toBe("a\r\n\u00FFbc");
    expect(readFileSync(path(2), "utf8")).toBe("again\n");
    expect(statSync(path(1)).mode & 0o777).toBe(0o600);
    const [started] = await telemetry.events("process.started");
    expect(started?.attributes["runlight.process.log_file"]).toBe(path(1));
  });

  test("exec() keeps no file outside of a run, or where it is told not to, and replaces one it is told to write", async () => {
    using directory = temporaryDirectory();
    const path = join(directory.path, "deep", "own.log");
    expect((await execShell("echo x", { directory: directory.path })).logFile).toBe(undefined);
    expect((await inRun(() => execShell("echo x", { logFile: false, directory: directory.path }))).logFile).toBe(
      undefined,
    );
    await execShell("echo something long", { logFile: path });
    expect((await execShell("echo short", { logFile: path })).logFile).toBe(path);
    expect(readFileSync(path, "utf8")).toBe("short\n");
  });

  test("exec() keeps as many bytes as its bound, counts the rest and says so", async () => {
    using directory = temporaryDirectory();
    const path = join(directory.path, "own.log");
    expect((await execShell("printf 12345", { logFile: path, maxLogFileBytes: 5 })).logFileDroppedBytes).toBe(0);
    expect(readFileSync(path, "utf8")).toBe("12345");
    const result = await execShell("printf 123456", { logFile: path, maxLogFileBytes: 5, name: "more" });
    expect(result.logFileDroppedBytes).toBe(1);
    expect(readFileSync(path, "utf8")).toBe("12345\n[1 more bytes: the file holds 5]\n");
    expect((await telemetry.span("pipeline more")).attributes["runlight.process.log_file.dropped"]).toBe(1);
    expect(await telemetry.sum("runlight.process.log_file.dropped")).toBe(1);
    expect((await telemetry.said()).at(-1)?.body).toBe(
      "output is not complete: the file lacks the last 1 B, beyond its bound",
    );
  });

  test("exec() runs a command whose file cannot be written, and says why", async () => {
    using directory = temporaryDirectory();
    const blocked = join(directory.path, "file");
    writeFileSync(blocked, "");
    const result = await execShell("echo done", { logFile: join(blocked, "own.log") });
    expect(result).toMatchObject({ exitCode: 0, logFile: undefined, logFileDroppedBytes: 5 });
    expect((await telemetry.said()).at(-1)?.body).toMatch(/^output is not complete: the file lacks 5 B: E/);
    const full = await execShell("echo done", { logFile: "/dev/full", name: "full" });
    expect(full).toMatchObject({ exitCode: 0, logFileDroppedBytes: 5 });
    expect((await telemetry.said()).at(-1)?.body).toMatch(/^output is not complete: the file lacks 5 B: ENOSPC/);
  });
});
