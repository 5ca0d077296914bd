import { temporaryDirectory } from "@runlight/testing";
import { expect, test } from "vitest";
import { runProgram } from "./support/program.ts";
import { readSpools } from "./support/read-spool.ts";

test("exec() puts how a command ended, and at what cost, on its ended record in the spool", async () => {
  using directory = temporaryDirectory();
  const { exitCode } = await runProgram("commands.ts", { env: { RUNLIGHT_DIRECTORY: directory.path } });
  expect(exitCode).toBe(0);
  const { logRecords, spans, text } = readSpools(directory.path);
  const ended = (eventName: string): Readonly<Record<string, unknown>> =>
    logRecords.find((record) => record.eventName === eventName)?.attributes ?? {};

  expect(ended("pipeline.completed")).toMatchObject({
    "runlight.operation.name": "fit",
    "runlight.operation.outcome": "success",
    "process.executable.name": "sh",
    "process.pid": expect.any(Number),
    "process.exit.code": 0,
    "runlight.process.end.cause": "exit",
    "runlight.process.cpu.time": expect.any(Number),
    "runlight.process.memory.peak": expect.any(Number),
    "runlight.process.stdout.size": 7,
    "runlight.process.log_file": expect.stringContaining("/runs/"),
  });
  expect(ended("pipeline.completed")).not.toHaveProperty(["runlight.process.stdout.tail"]);
  expect(ended("pipeline.failed")).toMatchObject({
    "runlight.operation.name": "scan",
    "runlight.operation.outcome": "failure",
    "error.type": "ExecError",
    "process.exit.code": 3,
    "runlight.process.stderr.tail": expect.stringMatching(/^token=\S+ is wrong\n$/u),
  });
  expect(ended("stage.failed")).toMatchObject({
    "runlight.operation.name": "stop",
    "runlight.operation.outcome": "error",
    "exception.message": "sh was ended by SIGKILL",
    "runlight.process.signal": "SIGKILL",
    "runlight.process.end.cause": "signal",
  });
  expect(ended("workflow.completed")).toMatchObject({ "runlight.operation.outcome": "success" });
  expect(text).not.toContain("hunter2");

  const scan = spans.find(({ name }) => name === "pipeline scan");
  expect(scan?.attributes).toMatchObject({ "process.exit.code": 3, "runlight.operation.outcome": "failure" });
  expect(scan?.attributes).not.toHaveProperty(["runlight.process.stderr.tail"]);
});
